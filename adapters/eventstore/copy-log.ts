import { compare } from './copy/compare.ts'
import { type Connection, connectTo } from './copy/connection.ts'
import { CopyRun } from './copy/copy-run.ts'
import { edgeOf, lastOf, readAll } from './copy/raw-event.ts'
import { isUsers } from './copy/users-events.ts'

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
    const copy = new CopyRun(target, progressStream)
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

const copyEvents = async (
  source: Connection,
  copy: CopyRun,
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
