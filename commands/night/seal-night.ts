import { type EventStore, RevisionConflict } from '#commands/event-store.ts'
import type { NightSealed } from '#domain/night/events.ts'
import { eventHash } from '#domain/night/hash-chain.ts'
import { isOfSeal, isSimulated } from '#domain/night/membership.ts'
import { NightHash } from '#domain/night/night-hash.ts'
import { sealEvents } from '#domain/night/seal.ts'
import { nightStream } from '#domain/night/streams.ts'
import { eventIdOf, noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import type { Instant } from '#domain/shared/time.ts'
import { loadSeal } from './load-seal.ts'
import { type NightName, NightUnknown, nightEvents } from './night-events.ts'
import type { NightLog } from './night-log.ts'

/** More of it may still come. */
export class NightNotOver extends Error {
  constructor(night: string, current: string) {
    super(`the night of ${night} is not over: it is the night of ${current} now, and a seal is for ever`)
    this.name = 'NightNotOver'
  }
}

export type SealCommand = NightName & {
  readonly at: Instant
  /** The night it is now. */
  readonly current: string
  readonly actor: Actor
}

export type Sealing = { readonly already: boolean; readonly sealed: NightSealed['data'] }

type Parts = {
  readonly store: EventStore
  readonly log: NightLog
  readonly marksPerPage?: number
  readonly signal?: AbortSignal
}

const attempts = 3

const hashOf = async (log: NightLog, name: NightName, signal?: AbortSignal) => {
  const hash = new NightHash()
  let simulated = true
  for await (const event of nightEvents(log, name, signal)) {
    if (isOfSeal(event)) continue
    hash.add(event, eventHash(event))
    simulated &&= isSimulated(event)
  }
  if (hash.count === 0) throw new NightUnknown(name)
  return { hash, simulated }
}

/** The ids in the night's own stream, which is short: what a sealing that was cut off has left. */
const idsIn = async (log: NightLog, stream: string): Promise<ReadonlySet<string>> => {
  const ids = new Set<string>()
  for await (const batch of log.readForwards(stream)) for (const { id } of batch) ids.add(id)
  return ids
}

/** One try; null when somebody wrote to the night's stream meanwhile. */
const attempt = async (command: SealCommand, parts: Parts): Promise<Sealing | null> => {
  const { store, log, marksPerPage, signal } = parts
  const { site, night, at, actor } = command
  const known = await loadSeal(log, command)
  if (known) return { already: true, sealed: known.sealed }
  const { hash, simulated } = await hashOf(log, command, signal)
  const events = sealEvents(site, night, hash, marksPerPage)
  const last = events.at(-1)
  if (last?.type !== 'NightSealed') throw new TypeError('a seal ends with NightSealed')
  const stream = nightStream(site, night)
  const present = await idsIn(log, stream)
  let revision = await log.lastRevision(stream)
  // The root is part of the id: what another state of the night left behind is not taken for this one's.
  const commandId = uuidFrom(`seal/${site}/${night}/${last.data.rootHash}`, noctuaryNamespace)
  const metadata = { occurredAt: at, correlationId: commandId, causationId: commandId, actor, site, night }
  try {
    for (const [index, { type, data }] of events.entries()) {
      const id = eventIdOf(commandId, index)
      if (present.has(id)) continue
      const proposed = {
        id,
        type,
        data,
        metadata: simulated ? { ...metadata, simulated: true as const } : metadata,
      }
      revision = (await store.append(stream, [proposed], revision)).revision
    }
  } catch (error) {
    if (error instanceof RevisionConflict) return null
    throw error
  }
  return { already: false, sealed: last.data }
}

/**
 * Hashes a night that is over and puts the seal on record, once: a night that has one keeps it, and a sealing that was cut
 * off is carried on. Throws {@link NightNotOver} and {@link NightUnknown}.
 */
export const sealNight = async (command: SealCommand, parts: Parts): Promise<Sealing> => {
  if (command.night >= command.current) throw new NightNotOver(command.night, command.current)
  for (let tried = 1; tried <= attempts; tried++) {
    const sealing = await attempt(command, parts)
    if (sealing) return sealing
  }
  throw new Error(`the night of ${command.night} is still being written to; try again later`)
}
