import { NightReporter } from '#domain/night/report.ts'
import type { NightReport } from '#domain/night/report-schema.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { EventReader } from '#projections/journal/event-reader.ts'
import { NightUnknown, nightEvents } from '#projections/journal/night-events.ts'
import type { ReadModels } from '#projections/read-database.ts'

export type NightParts = {
  readonly db: ReadModels
  readonly events: EventReader
  readonly site: Site
  readonly clock: Clock
}

const readReport = async (parts: NightParts, night: string): Promise<NightReport> => {
  const reporter = new NightReporter(parts.site, night)
  for await (const event of await nightEvents(parts, parts.site.id, night)) reporter.add(event)
  const report = reporter.report(instantOf(parts.clock.now()))
  if (!report) throw new NightUnknown(night, null)
  return report
}

/** Reads nights' reports from the log. Who asks for a night that is being read already gets the same answer. */
export const nightReports = (parts: NightParts) => {
  const underway = new Map<string, Promise<NightReport>>()
  return (night: string): Promise<NightReport> => {
    const already = underway.get(night)
    if (already) return already
    const reading = readReport(parts, night).finally(() => underway.delete(night))
    underway.set(night, reading)
    return reading
  }
}
