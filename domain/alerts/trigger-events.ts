import { z } from 'zod'
import { requestContentSchema } from '#domain/requests/events.ts'
import { defineEvent } from '#domain/shared/define-event.ts'
import { noticeDigestSchema, placeSchema, skymapDigestSchema } from './notice.ts'
import { verdictSchema } from './verdict.ts'

const instant = z.iso.datetime()

const about = {
  mission: z.string(),
  triggerId: z.string(),
  /** `<mission>-<id>`: how the trigger is called outside. */
  trigger: z.string(),
}

/** What is held to be true of a trigger, from all of its notices in the order of their rank and issue. */
export const effectiveSchema = z.object({
  state: z.enum(['active', 'retracted']),
  /** The notices that it rests on: newest of the trigger, and the one with the place. */
  newestNotice: z.string().nullable(),
  placeNotice: z.string().nullable(),
  place: placeSchema.nullable(),
  placeRank: z.int().nullable(),
  eventAt: instant.nullable(),
  noticeType: z.string().nullable(),
  instrument: z.string().nullable(),
  testSigns: z.array(z.string()),
  hasSkymap: z.boolean(),
  /** The sky map that the place is of, where it is of one. */
  skymap: skymapDigestSchema.optional(),
  falseAlarmRateHz: z.number().nullable(),
  signalToNoise: z.number().nullable(),
  significant: z.boolean().nullable(),
  falseAlarmHints: z.array(z.string()),
})

const taken = {
  ...about,
  notice: noticeDigestSchema,
  /** The NoticeRead that brought it. */
  noticeEventId: z.uuid(),
  receivedAt: instant,
  /** Counts the trigger's notices as they came, from 1. */
  revision: z.int().positive(),
  effective: effectiveSchema,
}

export const triggerOpened = defineEvent('TriggerOpened', { version: 1, schema: z.object(taken) })

/** A notice that changed what is held true of the trigger. */
export const triggerRefined = defineEvent('TriggerRefined', {
  version: 1,
  schema: z.object({ ...taken, changed: z.array(z.string()).min(1) }),
})

/** A notice that belongs to the trigger and changes nothing: older, less exact, or one that accompanies. */
export const triggerNoticeAdded = defineEvent('TriggerNoticeAdded', {
  version: 1,
  schema: z.object({ ...taken, why: z.string() }),
})

/** The mission takes it back. May come before what it takes back, and may itself be undone by a later notice. */
export const triggerRetracted = defineEvent('TriggerRetracted', { version: 1, schema: z.object(taken) })
export const triggerUnretracted = defineEvent('TriggerUnretracted', { version: 1, schema: z.object(taken) })

/** Somebody who has no say in this trigger sent a notice for it. */
export const triggerNoticeRefused = defineEvent('TriggerNoticeRefused', {
  version: 1,
  schema: z.object({
    ...about,
    noticeName: z.string(),
    noticeEventId: z.uuid(),
    authority: z.string(),
    why: z.string(),
  }),
})

/** Whether to act on the trigger as it stands: every gate with its figure, whether it let it pass or not. */
export const triggerJudged = defineEvent('TriggerJudged', {
  version: 1,
  schema: z.object({
    ...about,
    revision: z.int().positive(),
    outcome: z.enum(['observe', 'ignore', 'wait']),
    reason: z.string(),
    /** The one that decided; null when none applied. */
    strategy: z.string().nullable(),
    strategyVersion: z.int().positive().nullable(),
    /** All that were asked, in their order. */
    verdicts: z.array(verdictSchema),
  }),
})

const made = {
  ...about,
  requestId: z.string(),
  strategy: z.string(),
  strategyVersion: z.int().positive(),
  revision: z.int().positive(),
}

/** The trigger asks for the telescope: this is the request it asks for. */
export const alertRequestMade = defineEvent('AlertRequestMade', {
  version: 1,
  schema: z.object({ ...made, content: requestContentSchema }),
})

/** The same request with a better place. */
export const alertRequestRevised = defineEvent('AlertRequestRevised', {
  version: 1,
  schema: z.object({ ...made, content: requestContentSchema, why: z.string() }),
})

/** It is not wanted any more. `stopRunning`: whether what runs of it is to end too. */
export const alertRequestWithdrawn = defineEvent('AlertRequestWithdrawn', {
  version: 1,
  schema: z.object({
    ...about,
    requestId: z.string(),
    sequenceIds: z.array(z.string()),
    because: z.enum(['retracted', 'cancelled', 'rate', 'superseded']),
    why: z.string(),
    stopRunning: z.boolean(),
  }),
})

/** A person took the alert off. */
export const alertCancelled = defineEvent('AlertCancelled', {
  version: 1,
  schema: z.object({ ...about, requestId: z.string().nullable(), why: z.string() }),
})

/** Two missions saw something in one place at one time. */
export const triggersCoincided = defineEvent('TriggersCoincided', {
  version: 1,
  schema: z.object({
    ...about,
    other: z.object(about),
    separationDeg: z.number().nonnegative(),
    /** Sum of both 90 % radii, in quadrature. */
    withinDeg: z.number().nonnegative(),
    apartS: z.number().nonnegative(),
  }),
})
