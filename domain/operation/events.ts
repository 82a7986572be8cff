import { z } from 'zod'
import { readingSchema } from '#domain/environment/readings.ts'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'

/** The simulated PLC was to say for a while that it rains (W3). With 0 mm/h an earlier alarm was to end. */
export const fakeAlarmAsked = defineEvent('FakeAlarmAsked', {
  version: 1,
  schema: z.object({
    rainMmH: z.number().nonnegative(),
    forS: z.number().positive(),
    why: z.string(),
  }),
})

/** A person asked the PLC for its status, beside the polls (W2), and this is what came. */
export const plcStatusAsked = defineEvent('PlcStatusAsked', {
  version: 1,
  schema: z.object({
    address: z.string(),
    answer: readingSchema.nullable(),
    /** Why there is no answer; null where there is one. */
    trouble: z.string().nullable(),
    tookMs: z.number().int().nonnegative(),
  }),
})

export const partOrders = ['stop', 'start', 'restart'] as const

/** A part of the program was told to stop, start or start anew (W4). */
export const partOrdered = defineEvent('PartOrdered', {
  version: 1,
  schema: z.object({ part: z.string(), order: z.enum(partOrders), why: z.string() }),
})

/** A line in the night's log, for whoever watches now and whoever reads the report later (K16). */
export const nightNoteWritten = defineEvent('NightNoteWritten', {
  version: 1,
  schema: z.object({ text: z.string().min(1) }),
})

export const operationEvents = [fakeAlarmAsked, plcStatusAsked, partOrdered, nightNoteWritten] as const

export type OperationEvent = EventOf<(typeof operationEvents)[number]>
export type NightNoteWritten = EventOf<typeof nightNoteWritten>
export type PartOrder = (typeof partOrders)[number]
