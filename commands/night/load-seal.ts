import { decodeEventData } from '#domain/catalogue.ts'
import { type NightEvent, nightEventsHashed, nightSealed } from '#domain/night/events.ts'
import type { StoredEvent } from '#domain/night/hash-chain.ts'
import { type Seal, sealIn } from '#domain/night/seal.ts'
import { nightStream } from '#domain/night/streams.ts'
import { metadataSchema } from '#domain/shared/metadata.ts'
import type { NightName } from './night-events.ts'
import type { NightLog } from './night-log.ts'

const versionSchema = metadataSchema.pick({ schemaVersion: true })

/** An event of a seal with its data checked; null for any other. */
export const sealEventOf = ({ type, metadata, data }: StoredEvent): NightEvent | null => {
  if (type !== nightSealed.type && type !== nightEventsHashed.type) return null
  const upToDate = decodeEventData(type, versionSchema.parse(metadata).schemaVersion, data)
  return type === nightSealed.type
    ? { type: nightSealed.type, data: nightSealed.schema.parse(upToDate) }
    : { type: nightEventsHashed.type, data: nightEventsHashed.schema.parse(upToDate) }
}

/** The seal of a night as the log has it, with the marks that belong to it; null when it was not sealed. */
export const loadSeal = async (log: NightLog, { site, night }: NightName): Promise<Seal | null> => {
  const events: NightEvent[] = []
  for await (const batch of log.readForwards(nightStream(site, night))) {
    for (const stored of batch) {
      const event = sealEventOf(stored)
      if (event) events.push(event)
    }
  }
  return sealIn(events)
}
