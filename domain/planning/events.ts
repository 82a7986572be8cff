import { z } from 'zod'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'

const instant = z.iso.datetime()

export const askReasons = [
  'submission',
  'withdrawal',
  'alert',
  'conditions',
  'weather',
  'observation-ended',
  'night-start',
  'person',
] as const

/** Somebody or something wants a new plan that no other event asks for already: a person, a reset, a night's start. */
export const scheduleAsked = defineEvent('ScheduleAsked', {
  version: 1,
  schema: z.object({
    why: z.enum(askReasons),
    detail: z.string(),
    /** Keep what is planned and only add (PYROS's first_schedule), or plan all that has not begun anew. */
    keep: z.boolean(),
  }),
})

export const planMethods = ['whole', 'alert-inserted'] as const

const occurrence = z.int().positive().optional()

const changesSchema = z.object({
  added: z.array(z.object({ sequenceId: z.string(), occurrence, startsAt: instant })),
  dropped: z.array(
    z.object({ sequenceId: z.string(), occurrence, wasAt: instant, code: z.string().nullable() }),
  ),
  moved: z.array(
    z.object({ sequenceId: z.string(), occurrence, wasAt: instant, startsAt: instant, byS: z.number() }),
  ),
})

/** One plan of a night, taking the place of the one before. Its metadata's causation is the newest ask it answers. */
export const schedulePublished = defineEvent('SchedulePublished', {
  version: 1,
  schema: z.object({
    /** Counts from 1 in a night. */
    scheduleVersion: z.int().positive(),
    asks: z.array(z.object({ why: z.enum(askReasons), eventId: z.uuid() })).min(1),
    plannerVersion: z.string(),
    /** SHA-256 of the canonical JSON of the planner's whole input: the same hash is the same plan. */
    inputsHash: z.string(),
    /** Position of the last event that the input rests on. */
    basedOn: z.object({ commit: z.string(), prepare: z.string() }),
    from: instant,
    until: instant,
    objective: z.number(),
    bound: z.number(),
    placed: z.array(
      z.object({
        sequenceId: z.string(),
        requestId: z.string(),
        name: z.string(),
        kind: z.enum(['planned', 'fixed', 'frozen', 'alert']),
        setupAt: instant,
        startsAt: instant,
        endsAt: instant,
        priority: z.int(),
        value: z.number(),
        quality: z.number(),
        raDeg: z.number().nullable(),
        decDeg: z.number().nullable(),
        altitudeDeg: z.number().nullable(),
        airmass: z.number().nullable(),
        moonSeparationDeg: z.number().nullable(),
        slackBeforeS: z.number(),
        slackAfterS: z.number(),
        chargeS: z.number().nonnegative(),
        /** Of a cadence, which of tonight's exposures, from 1; 1 where it is not said. */
        occurrence,
      }),
    ),
    /** Everything else that was asked for, by code; the figures follow in ScheduleExplained. */
    unplaced: z.array(z.object({ sequenceId: z.string(), requestId: z.string(), code: z.string() })),
    /** Sequences whose observation, running or about to begin, must end now, each with the alert that takes its place. */
    preempted: z.array(z.object({ sequenceId: z.string(), by: z.string() })),
    /** Planned as a whole, or an alert put into the plan before; whole where it is not said. */
    method: z.enum(planMethods).optional(),
    /** When the roof was expected to be closed. */
    closures: z.array(z.object({ from: instant, until: instant, why: z.string() })).optional(),
    /** Against the version before; what has begun or is over by `from` counts as neither added nor dropped. */
    changes: changesSchema.optional(),
  }),
})

/** Why each sequence was left out, with figures; in pages, written after the plan so that an alert does not wait for it. */
export const scheduleExplained = defineEvent('ScheduleExplained', {
  version: 1,
  schema: z.object({
    scheduleVersion: z.int().positive(),
    page: z.int().positive(),
    last: z.boolean(),
    unplaced: z.array(
      z.object({
        sequenceId: z.string(),
        code: z.string(),
        figures: z.record(z.string(), z.unknown()),
        text: z.string(),
        /** What would have to be otherwise, as a sentence. */
        remedy: z.string().optional(),
      }),
    ),
  }),
})

export const planningEvents = [scheduleAsked, schedulePublished, scheduleExplained] as const

export type PlanningEvent = EventOf<(typeof planningEvents)[number]>
export type SchedulePublished = EventOf<typeof schedulePublished>
export type ScheduleExplained = EventOf<typeof scheduleExplained>
export type AskReason = (typeof askReasons)[number]
export type PlanChanges = z.output<typeof changesSchema>
export type PlacedEntry = SchedulePublished['data']['placed'][number]
export type ExplainedEntry = ScheduleExplained['data']['unplaced'][number]
