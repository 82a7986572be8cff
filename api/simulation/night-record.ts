import type { SimulatedLog } from '#adapters/simulated-time/open-log.ts'
import { catalogue } from '#domain/catalogue.ts'
import { eventHash } from '#domain/night/hash-chain.ts'
import { isOf } from '#domain/night/membership.ts'
import { NightHash } from '#domain/night/night-hash.ts'
import { NightReporter } from '#domain/night/report.ts'
import type { NightReport } from '#domain/night/report-schema.ts'
import { sealEvents } from '#domain/night/seal.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { Site } from '#domain/shared/site.ts'
import type { Instant } from '#domain/shared/time.ts'

export type NightRecord = {
  /** The root that a seal of this night would have; null without an event. */
  readonly rootHash: string | null
  readonly report: NightReport | null
  readonly events: ReadonlyMap<string, number>
}

const stored = ({ id, type, stream, revision, metadata, data }: Recorded) =>
  ({ id, type, stream, revision, metadata, data, contentType: 'application/json' }) as const

/** What stands in the log of a night, read once from its beginning. */
export const readNightRecord = async (
  log: SimulatedLog,
  { site, night, at }: { readonly site: Site; readonly night: string; readonly at: Instant },
): Promise<NightRecord> => {
  const hash = new NightHash()
  const reporter = new NightReporter(site, night)
  const events = new Map<string, number>()
  const reading = new AbortController()
  for await (const batch of log.follow([...catalogue.keys()], null, reading.signal)) {
    for (const event of batch.events) {
      if (!isOf(stored(event), site.id, night)) continue
      hash.add(stored(event), eventHash(stored(event)))
      reporter.add(event)
      events.set(event.type, (events.get(event.type) ?? 0) + 1)
    }
    if (batch.caughtUp) break
  }
  const seal = hash.count > 0 ? sealEvents(site.id, night, hash).at(-1) : undefined
  return {
    rootHash: seal?.type === 'NightSealed' ? seal.data.rootHash : null,
    report: reporter.report(at),
    events,
  }
}
