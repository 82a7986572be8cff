import type { Decider } from '#domain/shared/decider.ts'
import type { ImageEvent } from './events.ts'

/** What came of one image or one master, for its own stream. */
export type RecordResult = {
  readonly type: 'RecordResult'
  readonly stream: string
  readonly events: readonly ImageEvent[]
}

/** What became of an image is on record once, whoever else was at it. */
export const recordOnce: Decider<boolean, RecordResult, ImageEvent> = {
  initial: false,
  evolve: () => true,
  decide: ({ events }, isThere) => (isThere ? [] : events),
}

export const imageStream = (imageId: string): string => `image-${imageId}`
export const masterStream = (masterId: string): string => `master-${masterId}`
