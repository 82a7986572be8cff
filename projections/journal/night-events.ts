import type { Recorded } from '#domain/shared/event.ts'
import type { ReadModels } from '#projections/read-database.ts'
import type { EventReader } from './event-reader.ts'
import { nightBounds, nightsOnRecord } from './nights.ts'

/** Nothing is on record of a night. */
export class NightUnknown extends Error {
  readonly night: string
  constructor(night: string, recorded: { first: string; last: string } | null) {
    const known = recorded
      ? `the nights on record go from ${recorded.first} to ${recorded.last}`
      : 'no night is on record yet'
    super(`Nothing is on record of the night of ${night}; ${known}.`)
    this.name = 'NightUnknown'
    this.night = night
  }
}

async function* ofNight(
  events: AsyncIterable<Recorded>,
  site: string,
  night: string,
): AsyncGenerator<Recorded> {
  for await (const event of events) {
    if (event.metadata.night === night && event.metadata.site === site) yield event
  }
}

/** A site's night's events as the journal knows it now, in log order, one at a time. Rejects with {@link NightUnknown}. */
export const nightEvents = async (
  { db, events }: { db: ReadModels; events: EventReader },
  site: string,
  night: string,
): Promise<AsyncIterable<Recorded>> => {
  const bounds = await nightBounds(db, night)
  if (!bounds) throw new NightUnknown(night, await nightsOnRecord(db))
  return ofNight(events.readBetween(bounds.first, bounds.last), site, night)
}
