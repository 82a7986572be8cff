import type { CopyOptions } from '../copy-log.ts'
import type { Connection } from './connection.ts'
import { chainDigest, readAll } from './raw-event.ts'
import { isCompared } from './users-events.ts'

/** Source and target are not alike; the message says where. */
export class CopyDiffers extends Error {
  override name = 'CopyDiffers'
}

const reportEvery = 500

/** Reads both sides and compares every stream of the source event by event; returns how many there are. */
export const compare = async (
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
    if (++events % reportEvery === 0) {
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
