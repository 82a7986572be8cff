import { NightReporter } from '#domain/night/report.ts'
import type { NightReport } from '#domain/night/report-schema.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'

/** The report of the night of 2026-11-20, as of an instant. */
export const nightReportOf = (events: Iterable<Recorded>, now: string): NightReport => {
  const reporter = new NightReporter(sanPedroMartir, '2026-11-20')
  for (const event of events) reporter.add(event)
  const report = reporter.report(now)
  if (!report) throw new Error('there is no report')
  return report
}
