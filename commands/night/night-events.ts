import type { StoredEvent } from '#domain/night/hash-chain.ts'
import { isOf } from '#domain/night/membership.ts'
import { streamsThatMayHold } from '#domain/night/streams.ts'
import type { NightLog } from './night-log.ts'

/** Whose night. */
export type NightName = { readonly site: string; readonly night: string }

/** No event in the log names this night. */
export class NightUnknown extends Error {
  constructor({ site, night }: NightName) {
    super(`the log has no event of the night of ${night} at ${site}`)
    this.name = 'NightUnknown'
  }
}

/** All events of a night in log order, its seal among them. */
export async function* nightEvents(
  log: NightLog,
  { site, night }: NightName,
  signal?: AbortSignal,
): AsyncGenerator<StoredEvent> {
  for await (const batch of log.scan({ streams: streamsThatMayHold(night) }, signal)) {
    for (const event of batch) if (isOf(event, site, night)) yield event
  }
}
