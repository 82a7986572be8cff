import { randomUUID } from 'node:crypto'
import { Message } from '#adapters/embedded-eventstore/protocol/message.ts'
import { Appender, type Expected } from './copy/appender.ts'
import { CallFailed, type Connection, connectTo } from './copy/connection.ts'
import { chainDigest, edgeOf, lastOf, type RawEvent, readAll } from './copy/raw-event.ts'

export type CopyProgress = {
  phase: 'copying' | 'verifying'
  /** Events handled in this phase and run. */
  events: number
  /** Where in the source's log, and where it ends. */
  position: number
  endPosition: number
}

export type CopyOptions = {
  /** Addresses of the source and the target, `esdb://…`. */
  from: string
  to: string
  onProgress?: (progress: CopyProgress) => void
  signal?: AbortSignal
}

export type CopyResult = {
  events: number
  /** Position in the source behind which this run went on, after an interrupted one. */
  resumedBehind: number | undefined
  /** Streams compared event by event, bytes and all. */
  verifiedStreams: number
}

/** Source and target are not alike; the message says where. */
export class CopyDiffers extends Error {
  override name = 'CopyDiffers'
}

const windowEvents = 500
const windowBytes = 400_000
const tombstoneType = '$streamDeleted'

/**
 * Copies what users wrote (their streams' events, metadata and tombstones) from any EventStoreDB to any other, in log
 * order, with ids and bytes as they are, up to the source's present end. It remembers in the target how far it came, so an
 * interrupted copy goes on there; at the end both sides are read again and compared.
 */
export const copyLog = async (options: CopyOptions): Promise<CopyResult> => {
  const source = await connectTo(options.from)
  const target = await connectTo(options.to)
  try {
    const [first, last] = [await edgeOf(source, 'start'), await edgeOf(source, 'end')]
    if (!first || !last) return { events: 0, resumedBehind: undefined, verifiedStreams: 0 }
    const progressStream = `$noctuary-copy-${first.id}`
    const resumedBehind = await storedProgress(target, progressStream)
    const copy = new Copy(target, progressStream)
    const events = await copyEvents(source, copy, resumedBehind, last.position, options)
    copy.close()
    const verifiedStreams = await compare(source, target, last.position, options)
    return { events, resumedBehind, verifiedStreams }
  } finally {
    source.close()
    target.close()
  }
}

const storedProgress = async (target: Connection, stream: string): Promise<number | undefined> => {
  const last = await lastOf(target, stream)
  return last ? Number(last.data.toString()) : undefined
}

/** Users' streams and their metadata; what the server keeps for itself stays where it is. */
const isUsers = ({ stream }: RawEvent): boolean => {
  const name = stream.startsWith('$$') ? stream.slice(2) : stream
  return !name.startsWith('$')
}

const copyEvents = async (
  source: Connection,
  copy: Copy,
  resumedBehind: number | undefined,
  endPosition: number,
  { onProgress, signal }: CopyOptions,
): Promise<number> => {
  let events = 0
  let position = resumedBehind ?? 0
  const report = (): void => onProgress?.({ phase: 'copying', events, position, endPosition })
  for await (const event of readAll(source, resumedBehind ?? 'start')) {
    signal?.throwIfAborted()
    if (event.position > endPosition) break
    if (event.position === resumedBehind) continue
    position = event.position
    if (!isUsers(event)) continue
    events++
    if (await copy.take(event)) report()
  }
  await copy.save(position)
  report()
  return events
}

/** Gathers runs of one stream's events into appends, and appends into windows that are settled together. */
class Copy {
  readonly #target: Connection
  readonly #appender: Appender
  readonly #progressStream: string
  readonly #lastRevision = new Map<string, number>()
  #run: RawEvent[] = []
  #underWay: Promise<void>[] = []
  #windowEvents = 0
  #windowBytes = 0

  constructor(target: Connection, progressStream: string) {
    this.#target = target
    this.#appender = new Appender(target)
    this.#progressStream = progressStream
  }

  /** Takes the next event of the log; true when a window was settled with it. */
  async take(event: RawEvent): Promise<boolean> {
    if (event.type === tombstoneType) {
      await this.#tombstone(event)
      return true
    }
    const before = this.#run.at(-1)
    if (before && (before.stream !== event.stream || before.revision + 1 !== event.revision)) this.#sendRun()
    this.#run.push(event)
    this.#windowEvents++
    this.#windowBytes += event.data.length + event.metadata.length
    if (this.#windowEvents < windowEvents && this.#windowBytes < windowBytes) return false
    await this.save(event.position)
    return true
  }

  /** Waits until all is written, then notes in the target that the copy has come this far. */
  async save(position: number): Promise<void> {
    this.#sendRun()
    await Promise.all(this.#underWay)
    this.#underWay = []
    this.#windowEvents = 0
    this.#windowBytes = 0
    const noted: RawEvent = {
      id: randomUUID(),
      stream: this.#progressStream,
      revision: 0,
      position: 0,
      type: '$copied',
      contentType: 'application/json',
      metadata: Buffer.alloc(0),
      data: Buffer.from(`${position}`),
    }
    await this.#appender.append(this.#progressStream, 'any', [noted])
  }

  close(): void {
    this.#appender.close()
  }

  #sendRun(): void {
    const [first] = this.#run
    if (!first) return
    const sent = this.#appender.append(first.stream, this.#expectedBefore(first), this.#run)
    // Settled in `save`; until then a failure must not count as unhandled.
    sent.catch(() => {})
    this.#underWay.push(sent)
    this.#lastRevision.set(first.stream, this.#run.at(-1)?.revision ?? 0)
    this.#run = []
  }

  /** Exact where it can be, so that a target that already has other events in the stream is noticed at once. */
  #expectedBefore({ stream, revision }: RawEvent): Expected {
    // The target adds to metadata by itself when a deleted stream comes back.
    if (stream.startsWith('$$')) return 'any'
    if (revision === 0) return 'none'
    return this.#lastRevision.get(stream) === revision - 1 ? revision - 1 : 'any'
  }

  async #tombstone(event: RawEvent): Promise<void> {
    await this.save(event.position - 1)
    const request = new Message().message(1, (options) =>
      options.message(1, (name) => name.text(3, event.stream)).empty(4),
    )
    try {
      await this.#target.unary('/event_store.client.streams.Streams/Tombstone', request)
    } catch (error) {
      // An interrupted run may have come as far as this.
      if (!(error instanceof CallFailed && error.exception === 'stream-deleted')) throw error
    }
    await this.save(event.position)
  }
}

const compare = async (
  source: Connection,
  target: Connection,
  endPosition: number,
  { onProgress, signal }: CopyOptions,
) => {
  const digests = new Map<string, string>()
  let events = 0
  for await (const event of readAll(source, 'start')) {
    signal?.throwIfAborted()
    if (event.position > endPosition) break
    if (!isCompared(event)) continue
    digests.set(event.stream, chainDigest(digests.get(event.stream) ?? '', event))
    if (++events % windowEvents === 0) {
      onProgress?.({ phase: 'verifying', events, position: event.position, endPosition })
    }
  }
  const found = new Map<string, string>()
  for await (const event of readAll(target, 'start')) {
    signal?.throwIfAborted()
    if (digests.has(event.stream) && isCompared(event)) {
      found.set(event.stream, chainDigest(found.get(event.stream) ?? '', event))
    }
  }
  for (const [stream, digest] of digests) {
    if (found.get(stream) !== digest) throw new CopyDiffers(`stream ${stream} is not the same in the target`)
  }
  onProgress?.({ phase: 'verifying', events, position: endPosition, endPosition })
  return digests.size
}

// Metadata may have grown in the target, and a tombstone has an id of its own there.
const isCompared = (event: RawEvent): boolean =>
  isUsers(event) && !event.stream.startsWith('$$') && event.type !== tombstoneType
