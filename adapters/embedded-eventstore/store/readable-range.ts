import type { Store } from './store.ts'

export type ReadableRange = {
  /** First revision that can be read; one more than `last` when there is none. */
  first: number
  last: number
  /** Events created before this have aged out. */
  oldestMs: number
  /** Deleted, though not for ever. */
  deleted: boolean
}

/** Which revisions of a stream its metadata leaves readable. */
export const readableRange = (store: Store, stream: number): ReadableRange => {
  const { truncateBefore, maxCount, maxAgeMs, deleted } = store.streams.metadata(stream)
  const last = store.streams.lastRevision(stream)
  const first = Math.min(last + 1, Math.max(0, truncateBefore, last - maxCount + 1))
  const oldestMs = maxAgeMs === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : store.log.now - maxAgeMs
  return { first, last, oldestMs, deleted }
}
