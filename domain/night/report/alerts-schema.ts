import { z } from 'zod'
import { gateVerdictSchema } from '#domain/alerts/verdict.ts'

const instant = z.iso.datetime()
const counts = z.record(z.string(), z.number().int())
const after = z.number().nullable()

const latencySchema = z
  .object({
    requestedS: after.describe('the request made'),
    scheduledS: after.describe('a plan that has it'),
    startedS: after.describe('its observation begun'),
    firstImageS: after.describe('its first exposure begun'),
  })
  .describe('seconds after the notice that led to the request came in; null for what did not come')

const triggerSchema = z.object({
  trigger: z.string(),
  mission: z.string(),
  openedAt: instant,
  notices: z.number().int().describe('that belong to it'),
  retracted: z.boolean().describe('at the end'),
  outcome: z.enum(['observe', 'ignore', 'wait']).nullable().describe('of the last judgement'),
  reason: z.string().nullable(),
  strategy: z.string().nullable(),
  refusedBy: gateVerdictSchema
    .pick({ gate: true, figure: true, limit: true, unit: true, text: true })
    .nullable()
    .describe('the first gate that did not let it pass'),
  requestId: z.string().nullable(),
  withdrawn: z.string().nullable().describe('why its request was taken back'),
  latency: latencySchema.nullable().describe('null without a request'),
  eventId: z.uuid().describe('its last judgement, or its opening: what to ask why of'),
})

export const alertsSchema = z.object({
  notices: z.object({
    received: z.number().int(),
    bySource: counts,
    byMission: counts.describe('of those that could be read'),
    quarantined: z.number().int(),
    conflicted: z.number().int(),
  }),
  triggers: z.array(triggerSchema),
  triggersOmitted: z.number().int(),
  retractions: z.number().int(),
  coincidences: z.number().int(),
})

export type AlertsAccount = z.output<typeof alertsSchema>
