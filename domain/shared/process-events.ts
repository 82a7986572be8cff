import { z } from 'zod'
import { defineEvent, type EventOf } from './define-event.ts'

const whose = { process: z.string(), instance: z.string() }

const effectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('dispatch'), command: z.looseObject({ type: z.string() }) }),
  z.object({ kind: z.literal('wakeAt'), timer: z.string(), at: z.iso.datetime() }),
  z.object({ kind: z.literal('cancel'), timer: z.string() }),
])

/** A process manager's decision: what it wants done about one event. It stands in the log before anything is done. */
export const processReacted = defineEvent('ProcessReacted', {
  version: 1,
  schema: z.object({
    ...whose,
    /** The event and its position in the log, in decimal digits. */
    answers: z.object({
      eventId: z.uuid(),
      commit: z.string().regex(/^\d+$/),
      prepare: z.string().regex(/^\d+$/),
    }),
    effects: z.array(effectSchema).min(1),
  }),
})

/** Time as an event: a timer's instant has come. */
export const timerFired = defineEvent('TimerFired', {
  version: 1,
  schema: z.object({ ...whose, timer: z.string(), dueAt: z.iso.datetime() }),
})

/** A command that was dispatched came back with a refusal. */
export const processCommandRefused = defineEvent('ProcessCommandRefused', {
  version: 1,
  schema: z.object({
    ...whose,
    commandId: z.uuid(),
    command: z.string(),
    code: z.string(),
    why: z.string(),
  }),
})

export const processEvents = [processReacted, timerFired, processCommandRefused] as const

export type ProcessReacted = EventOf<typeof processReacted>
export type TimerFired = EventOf<typeof timerFired>
export type ProcessCommandRefused = EventOf<typeof processCommandRefused>
export type ProcessEvent = ProcessReacted | TimerFired | ProcessCommandRefused

const types: ReadonlySet<string> = new Set(processEvents.map(({ type }) => type))

export const isProcessEvent = <E extends { readonly type: string }>(event: E): event is E & ProcessEvent =>
  types.has(event.type)
