import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { StoreUnavailable } from '#commands/event-store.ts'
import { judgeAnew } from '#commands/night/judge-anew.ts'
import { NightUnknown } from '#commands/night/night-events.ts'
import { safetyStateSchema } from '#domain/environment/events.ts'
import { withSettings } from '#domain/environment/limit-settings.ts'
import { InvalidSafetyOverride, type SafetyRules } from '#domain/environment/limits.ts'
import type { Counterfactual } from '#domain/environment/what-if.ts'
import { UndecodableEvent } from '#domain/shared/decode-event.ts'
import { HttpProblem, problemSchema } from './problem.ts'

/** Judges a night anew with some limits replaced. */
export type JudgeAnew = (
  night: string,
  settings: readonly string[],
  signal: AbortSignal,
) => Promise<Counterfactual>

export const whatIfOn =
  (store: OpenEventStore, site: string, base: SafetyRules): JudgeAnew =>
  (night, settings, signal) =>
    judgeAnew(
      { site, night },
      { store, log: store.nights, base, rules: withSettings(base, settings), signal },
    )

const minutes = z.number().describe('minutes')
const verdict = z.object({ state: safetyStateSchema, reasons: z.array(z.string()) })

const whatIfSchema = z
  .object({
    night: z.iso.date(),
    from: z.iso.datetime().nullable(),
    to: z.iso.datetime().nullable(),
    polls: z.number().int(),
    rules: z.object({ recorded: z.array(z.string()), base: z.string(), whatIf: z.string() }),
    openMinutes: z.object({
      judged: minutes,
      recorded: minutes,
      whatIf: minutes,
      gained: z.number().describe('open for so much longer; negative is shorter'),
      unsafeGained: z.number().describe('open where the recorded rules said unsafe or unknown'),
      lost: z.number().describe('closed where the recorded rules had it open'),
    }),
    differences: z.array(
      z.object({ from: z.iso.datetime(), to: z.iso.datetime(), recorded: verdict, whatIf: verdict }),
    ),
    deviation: z
      .object({ at: z.iso.datetime(), recorded: z.string().nullable(), judged: z.string().nullable() })
      .nullable()
      .describe('the first event that comes out otherwise than recorded; null under the recorded rules'),
  })
  .meta({ id: 'WhatIf' })

const problemOf = (error: unknown): unknown => {
  const message = error instanceof Error ? error.message : `${error}`
  if (error instanceof NightUnknown) return new HttpProblem(404, 'night_unknown', 'No such night', message)
  if (error instanceof InvalidSafetyOverride)
    return new HttpProblem(400, 'limit_invalid', 'A limit cannot be set so', message)
  if (error instanceof UndecodableEvent)
    return new HttpProblem(409, 'event_undecodable', 'The night has events of a newer program', message)
  if (error instanceof StoreUnavailable)
    return new HttpProblem(503, 'log_unavailable', 'The log is away', message)
  return error
}

const busy = () =>
  new HttpProblem(503, 'what_if_busy', 'Busy', 'Another night is being judged; try again in a moment.')

export const whatIfRoutes: FastifyPluginAsyncZod<{ judgeAnew: JudgeAnew }> = async (app, { judgeAnew }) => {
  let judging = false
  app.get(
    '/api/nights/:night/what-if',
    {
      config: { right: 'audit' },
      schema: {
        summary: 'What the verdicts of a night would have been under other limits',
        tags: ['nights'],
        params: z.object({ night: z.iso.date().describe('the date of its evening') }),
        querystring: z.object({
          set: z
            .union([z.string(), z.array(z.string())])
            .default([])
            .describe('quantity.limit=number, e.g. wind.unsafeKmh=45; may be given several times'),
        }),
        response: {
          200: whatIfSchema,
          400: problemSchema,
          404: problemSchema,
          409: problemSchema,
          503: problemSchema,
        },
      },
    },
    async ({ params: { night }, query: { set } }, reply) => {
      // A long night takes seconds of one core: the polls of the monitor must not wait for many.
      if (judging) throw busy()
      judging = true
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      try {
        const found = await judgeAnew(night, typeof set === 'string' ? [set] : set, gone.signal)
        return whatIfSchema.parse({ night, ...found })
      } catch (error) {
        throw problemOf(error)
      } finally {
        judging = false
      }
    },
  )
}
