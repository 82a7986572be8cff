import { z } from 'zod'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'
import { sequenceSchema } from './sequence.ts'

/** A request as a whole, enough for whoever reads this event alone. */
export const requestContentSchema = z.object({
  requestId: z.string(),
  name: z.string(),
  userId: z.string(),
  country: z.string().nullable(),
  programmeId: z.string(),
  targetType: z.string(),
  /** Made from an alert: pre-empts, is charged but never refused. */
  alert: z.object({ triggerId: z.string(), level: z.int().positive() }).nullable(),
  sequences: z.array(sequenceSchema).min(1),
  warnings: z.array(z.object({ code: z.string(), path: z.string(), message: z.string() })),
  source: z.enum(['json', 'xml', 'form', 'alert', 'fake']),
  /** Its windows were written as seconds from its submission and stand here as if that had been then; left out for others. */
  relativeTo: z.iso.datetime().optional(),
})

/** The author's own text (XML or JSON) is kept as it came, so that what was resolved can be judged. */
const authored = requestContentSchema.extend({ raw: z.string().nullable() })

export const requestDrafted = defineEvent('RequestDrafted', { version: 1, schema: authored })

/** The observatory is asked to do this; the planner counts it from here on. */
export const requestSubmitted = defineEvent('RequestSubmitted', { version: 1, schema: requestContentSchema })

/** Another content instead; `submitted` says whether the planner counts it already. */
export const requestRevised = defineEvent('RequestRevised', {
  version: 1,
  schema: authored.extend({
    submitted: z.boolean(),
    /** Sequences of the content before that are no longer asked for. */
    droppedSequenceIds: z.array(z.string()).optional(),
  }),
})

/** Its submission cannot be: every fault with its path. Stays a draft. */
export const requestRefused = defineEvent('RequestRefused', {
  version: 1,
  schema: z.object({
    requestId: z.string(),
    userId: z.string(),
    faults: z.array(z.object({ code: z.string(), path: z.string(), message: z.string() })).min(1),
  }),
})

export const requestWithdrawn = defineEvent('RequestWithdrawn', {
  version: 1,
  schema: z.object({
    requestId: z.string(),
    sequenceIds: z.array(z.string()),
    why: z.string(),
    /** False lets what is being observed of it go on to its end; it ends where this is left out. */
    stopRunning: z.boolean().optional(),
  }),
})

export const requestEvents = [
  requestDrafted,
  requestSubmitted,
  requestRevised,
  requestRefused,
  requestWithdrawn,
] as const

export type RequestEvent = EventOf<(typeof requestEvents)[number]>
export type RequestContent = z.output<typeof requestContentSchema>
