import { z } from 'zod'

/** The first line that a console's client sends, as JSON. */
export const helloSchema = z.discriminatedUnion('wants', [
  z.strictObject({
    wants: z.literal('console'),
    /** Whose name stands in the log for what is changed. */
    as: z.string().min(1).max(100),
    /** Whether to show whose turn it is. */
    prompts: z.boolean(),
    /** One command instead of a conversation. */
    once: z.string().optional(),
  }),
  z.strictObject({ wants: z.literal('introspection') }),
])

export type Hello = z.output<typeof helloSchema>

/** Ends the answer to one command that could not be done: it is in no text. */
export const notDone = '\u0004'
