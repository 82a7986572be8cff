import type { z } from 'zod'
import type { nightSchema, observationSchema, placedSchema } from './shapes.ts'

type Facts = {
  readonly night: z.output<typeof nightSchema> | null
  readonly roof: { readonly shutter: string } | null
  readonly observing: Pick<
    z.output<typeof observationSchema>,
    'sequence_id' | 'images_taken' | 'images_expected'
  > | null
  readonly next: Pick<z.output<typeof placedSchema>, 'name' | 'starts_at'> | null
}

const afterwards = ({ next }: Facts): string =>
  next ? `; next ${next.name} at ${next.starts_at.slice(11, 16)} UTC` : ''

/** What is done at this moment, and why, in one sentence. */
export const whatNow = (facts: Facts): string => {
  const { night, observing, roof } = facts
  if (!night) return 'no night has begun yet: the majordome has not run'
  if (night.closed_at) return `the night of ${night.night} is over: ${night.summary ?? ''}`
  if (observing) {
    const { sequence_id, images_taken, images_expected } = observing
    return `observing ${sequence_id}, ${images_taken} of ${images_expected} images${afterwards(facts)}`
  }
  if (night.suspended_why) return `observing is suspended (${night.suspended_why}): ${night.suspended_detail}`
  if (night.mode !== 'automatic') return `${night.mode} mode: ${night.mode_why ?? 'people are in charge'}`
  if (night.phase === null) return `waiting for the evening, the roof ${roof?.shutter ?? 'not seen yet'}`
  if (night.phase === 'observing') return `nothing to observe at this moment${afterwards(facts)}`
  return `${night.phase}, the roof ${roof?.shutter ?? 'not seen yet'}${afterwards(facts)}`
}
