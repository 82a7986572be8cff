import { z } from 'zod'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'

const seconds = z.number().positive()

/** Whose account: a user's, a country's or a programme's, in one period (an observing semester such as `2026B`). */
export const accountSchema = z.object({
  level: z.enum(['user', 'country', 'programme']),
  id: z.string(),
  period: z.string(),
})

/** Time given to an account; what is granted adds up. */
export const quotaGranted = defineEvent('QuotaGranted', {
  version: 1,
  schema: z.object({ account: accountSchema, seconds, why: z.string() }),
})

/** A placed sequence holds this time of each account that it is charged to. */
export const quotaReserved = defineEvent('QuotaReserved', {
  version: 1,
  schema: z.object({
    sequenceId: z.string(),
    accounts: z.array(accountSchema),
    seconds,
    scheduleVersion: z.int().positive(),
  }),
})

/** It was displaced, withdrawn or missed: the time is free again. */
export const quotaReleased = defineEvent('QuotaReleased', {
  version: 1,
  schema: z.object({
    sequenceId: z.string(),
    accounts: z.array(accountSchema),
    seconds,
    why: z.enum(['displaced', 'withdrawn', 'missed', 'aborted', 'night-over']),
  }),
})

/** It was observed; `refundedSeconds` is what stayed below the threshold of acceptability and is not charged. */
export const quotaSpent = defineEvent('QuotaSpent', {
  version: 1,
  schema: z.object({
    sequenceId: z.string(),
    attempt: z.int().positive(),
    accounts: z.array(accountSchema),
    seconds: z.number().nonnegative(),
    refundedSeconds: z.number().nonnegative(),
  }),
})

export const quotaEvents = [quotaGranted, quotaReserved, quotaReleased, quotaSpent] as const

export type QuotaEvent = EventOf<(typeof quotaEvents)[number]>
export type QuotaReserved = EventOf<typeof quotaReserved>
export type QuotaReleased = EventOf<typeof quotaReleased>
export type QuotaSpent = EventOf<typeof quotaSpent>
export type Account = z.output<typeof accountSchema>
