import { type Revision, RevisionConflict } from '#commands/event-store.ts'
import { eventHash, markOf, type StoredEvent } from '#domain/night/hash-chain.ts'
import type { Run } from '#domain/night/night-hash.ts'
import { checkExport, readExport } from './check-export.ts'
import type { ExportSource } from './export-file.ts'
import type { NightLog } from './night-log.ts'
import type { SignatureCheck } from './signing.ts'

/** The log has other events where these belong. */
export class StreamNotEmpty extends Error {
  constructor(stream: string, revision: number | bigint) {
    super(`${stream} has another event ${revision} in this log; a night goes into a log without it`)
    this.name = 'StreamNotEmpty'
  }
}

/** The stream goes through several nights, and what comes before is not here. */
export class StreamIncomplete extends Error {
  constructor(stream: string, first: bigint, last: Revision) {
    const there = last === 'none' ? 'is not in this log' : `ends at event ${last} in this log`
    super(`${stream} ${there} and the export goes on at event ${first}; import the nights in their order`)
    this.name = 'StreamIncomplete'
  }
}

export type Imported = {
  readonly site: string
  readonly night: string
  readonly fingerprint: string
  readonly rootHash: string
  readonly events: number
  /** How many of them were not there before. */
  readonly appended: number
}

type Parts = {
  readonly log: NightLog
  readonly source: ExportSource
  readonly check: SignatureCheck
  readonly trust?: string
}

/** An append is at most 1 MiB; events of a night have some 3 KB. */
const batchEvents = 100
const batchBytes = 512 * 1024

/** How far the streams of the export are in this log; whatever is there must be the same. Writes nothing. */
const standingOf = async (log: NightLog, runs: readonly Run[]): Promise<Map<string, Revision>> => {
  const standing = new Map<string, Revision>()
  const expected = new Map<string, bigint>()
  for (const { stream, firstRevision, marks } of runs) {
    const last = standing.get(stream) ?? (await log.lastRevision(stream))
    standing.set(stream, last)
    const next = expected.get(stream) ?? (last === 'none' ? 0n : last + 1n)
    const after = firstRevision + BigInt(marks.length)
    if (firstRevision > next) throw new StreamIncomplete(stream, firstRevision, last)
    expected.set(stream, after > next ? after : next)
    if (firstRevision < next) await compareRun(log, { stream, firstRevision, marks })
  }
  return standing
}

const compareRun = async (log: NightLog, { stream, firstRevision, marks }: Run): Promise<void> => {
  let at = 0
  for await (const batch of log.readForwards(stream, firstRevision)) {
    for (const event of batch) {
      const mark = marks[at++]
      if (mark === undefined) return
      if (mark !== markOf(eventHash(event))) throw new StreamNotEmpty(stream, event.revision)
    }
  }
}

const isThere = ({ revision }: StoredEvent, last: Revision | undefined): boolean =>
  last !== undefined && last !== 'none' && revision <= last

const bytesOf = ({ data, metadata }: StoredEvent): number =>
  Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata ?? null))

/** Consecutive events of one stream, as many as one append takes. */
async function* batchesOf(events: AsyncIterable<StoredEvent>): AsyncGenerator<StoredEvent[]> {
  let batch: StoredEvent[] = []
  let bytes = 0
  for await (const event of events) {
    const size = bytesOf(event)
    const [first] = batch
    const full = batch.length === batchEvents || bytes + size > batchBytes
    if (first && (full || first.stream !== event.stream)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(event)
    bytes += size
  }
  if (batch.length > 0) yield batch
}

async function* missingEvents(
  source: ExportSource,
  standing: ReadonlyMap<string, Revision>,
): AsyncGenerator<StoredEvent> {
  for await (const line of readExport(source)) {
    if ('event' in line && !isThere(line.event, standing.get(line.event.stream))) yield line.event
  }
}

const append = async (log: NightLog, batch: readonly StoredEvent[]): Promise<void> => {
  const [first] = batch
  if (!first) return
  const { stream, revision } = first
  try {
    await log.append(stream, batch, revision === 0n ? 'none' : revision - 1n)
  } catch (error) {
    if (error instanceof RevisionConflict) throw new StreamNotEmpty(stream, revision)
    throw error
  }
}

/**
 * Puts an exported night into a log that does not have it. Everything is proven before the first append. Events keep their
 * ids, streams, revisions and order, so an import that was cut off goes on when it is run again, and one that was complete
 * appends nothing.
 */
export const importNight = async ({ log, source, check, trust }: Parts): Promise<Imported> => {
  const { manifest, trailer, runs } = await checkExport(source, { check, trust })
  const standing = await standingOf(log, runs)
  let appended = 0
  for await (const batch of batchesOf(missingEvents(source, standing))) {
    await append(log, batch)
    appended += batch.length
  }
  const { site, night, key } = manifest
  const { events, rootHash } = trailer
  return { site, night, fingerprint: key.fingerprint, rootHash, events, appended }
}
