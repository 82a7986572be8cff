import { z } from 'zod'

const count = z.int().nonnegative()
const bounds = z
  .union([count, z.strictObject({ atLeast: count.optional(), atMost: count.optional() })])
  .transform((given) => (typeof given === 'number' ? { atLeast: given, atMost: given } : given))

/** What a scenario says of its own night, to be held against it at its end. Nothing unsafe is always expected. */
export const expectationsSchema = z.strictObject({
  /** How long the dome may be other than closed under a bad verdict, beyond the time that closing takes. */
  unsafeOpenSeconds: z.number().nonnegative().default(0),
  /** The longest that closing may take under a bad verdict, from the verdict on. */
  closedWithinS: z.number().positive().optional(),
  /** Whether the dome is closed at the end. */
  endsClosed: z.boolean().default(true),
  /** How many events of a type there are. */
  events: z.record(z.string(), bounds).default({}),
})

export type Expectations = z.output<typeof expectationsSchema>
