import { z } from 'zod'
import type { alertOf } from '#projections/alerts/queries.ts'

const instant = z.iso.datetime()

export const alertSchema = z
  .object({
    trigger: z.string().describe('how the alert is called here: mission and its trigger id'),
    id: z.number().int().describe('orders and pages the list; greater is newer'),
    mission: z.string(),
    trigger_id: z.string().describe("the mission's own name of it, verbatim"),
    night: z.iso.date(),
    site: z.string(),
    simulated: z.boolean(),
    state: z.string().describe('active or retracted'),
    instrument: z.string().nullable(),
    notice_type: z.string().nullable().describe('of the notice that knows the place best'),
    event_at: instant.nullable(),
    ra_deg: z.number().nullable().describe('° J2000'),
    dec_deg: z.number().nullable().describe('° J2000'),
    error_deg: z.number().nullable().describe('°, the radius that holds it in 90 of 100 cases'),
    test_signs: z.unknown().describe('why nobody must act on it; empty for the real thing'),
    false_alarm_hints: z.unknown(),
    notices: z.number().int(),
    received_at: instant,
    judged_at: instant.nullable(),
    outcome: z.string().nullable().describe('observe, wait or ignore'),
    reason: z.string().nullable(),
    strategy: z.string().nullable(),
    strategy_version: z.number().int().nullable(),
    request_id: z.string().nullable(),
    request_state: z.string().describe('none, made, revised or withdrawn'),
    requested_at: instant.nullable(),
    cancelled: z.boolean(),
    updated: instant,
  })
  .meta({ id: 'Alert' })

export const alertListSchema = alertSchema.extend({
  observations: z.number().int().nullable().describe('begun so far'),
})

export const noticeSchema = z
  .object({
    name: z.string(),
    id: z.number().int(),
    event_id: z.string(),
    received_at: instant,
    source: z.unknown(),
    sha256: z.string(),
    bytes: z.number().int(),
    format: z.string(),
    state: z.string().describe('read, or quarantined with its reason'),
    reason: z.string().nullable(),
    trigger: z.string().nullable(),
    authority: z.string().nullable(),
    notice_type: z.string().nullable(),
    kind: z.string().nullable(),
    role: z.string().nullable(),
    listed: z.boolean().nullable().describe('whether its author is one that is known here'),
    test_signs: z.unknown(),
    flags: z.unknown().describe('what is odd about it'),
    conflicts: z.number().int().describe('how often another content came under this name'),
  })
  .meta({ id: 'AlertNotice' })

const latency = z.number().int().nullable()

export const alertDetailSchema = z.object({
  alert: alertSchema,
  notices: z.array(noticeSchema),
  steps: z.array(
    z.object({
      event_id: z.string(),
      type: z.string(),
      at: instant,
      summary: z.string(),
      data: z.unknown(),
    }),
  ),
  requests: z.array(z.object({ request_id: z.string(), submitted_at: instant, sequences: z.number().int() })),
  schedules: z.array(
    z.object({ event_id: z.string(), request_id: z.string(), published_at: instant, starts_at: instant }),
  ),
  observations: z.array(
    z.object({
      sequence_id: z.string(),
      attempt: z.number().int(),
      request_id: z.string(),
      state: z.string(),
      started_at: instant.nullable(),
      ended_at: instant.nullable(),
      images_taken: z.number().int().nullable(),
      images_expected: z.number().int().nullable(),
    }),
  ),
  candidates: z
    .array(
      z.object({
        candidate_id: z.string(),
        request_id: z.string(),
        image_id: z.string(),
        found_at: instant,
        ra_deg: z.number().describe('ICRS'),
        dec_deg: z.number(),
        snr: z.number().describe('signal-to-noise'),
        magnitude: z.number().nullable(),
        filter: z.string(),
        catalogue: z.string().describe('in which it is not; `simulated sky` is that of the simulators'),
      }),
    )
    .describe('sources in its images that are in no catalogue; 1000 at the most'),
  latencyMs: z
    .object({
      judged: latency,
      requested: latency,
      submitted: latency,
      scheduled: latency,
      observed: latency,
    })
    .describe('milliseconds from the first notice to the first of each step; null where it was not taken'),
})

type Detail = NonNullable<Awaited<ReturnType<typeof alertOf>>>

const firstAt = (instants: readonly (string | null | undefined)[]): number | null => {
  const known = instants.flatMap((at) => (at ? [Date.parse(at)] : []))
  return known.length === 0 ? null : Math.min(...known)
}

/** An alert with its history, and how long each step took from the first notice on. */
export const alertDetail = ({
  alert,
  notices,
  steps,
  requests,
  schedules,
  observations,
  candidates,
}: Detail) => {
  const fromMs = Date.parse(alert.received_at)
  const since = (atMs: number | null) => (atMs === null ? null : Math.round(atMs - fromMs))
  const firstOf = (type: string) => firstAt(steps.filter((step) => step.type === type).map(({ at }) => at))
  return {
    alert,
    notices,
    steps,
    requests,
    schedules,
    observations,
    candidates,
    latencyMs: {
      judged: since(firstOf('TriggerJudged')),
      requested: since(firstOf('AlertRequestMade')),
      submitted: since(firstAt(requests.map(({ submitted_at }) => submitted_at))),
      scheduled: since(firstAt(schedules.map(({ published_at }) => published_at))),
      observed: since(firstAt(observations.map(({ started_at }) => started_at))),
    },
  }
}
