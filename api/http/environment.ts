import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  flagSchema,
  quantityNameSchema,
  safetyStateSchema,
  safetyVerdictGiven,
} from '#domain/environment/events.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import { environmentOf } from '#projections/environment/queries.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { HttpProblem, problemSchema } from './problem.ts'

const quantitySchema = z.object({
  quantity: quantityNameSchema,
  value: z.union([z.number(), z.string(), z.null()]),
  unit: z.string(),
  state: safetyStateSchema,
  since: z.iso.datetime(),
  interpretation: z.string(),
  action: z.enum(['none', 'hold', 'secure']),
  limit: z.number().nullable().describe('the nearest unsafe limit'),
  margin: z
    .number()
    .nullable()
    .describe('how far that limit is, in the unit of the value; negative is beyond it'),
  safeExpectedAt: z.iso.datetime().nullable(),
  updated: z.iso.datetime(),
})

export const environmentSchema = z
  .object({
    site: z.string(),
    verdict: z.object({
      eventId: z.uuid(),
      state: safetyStateSchema.describe('unknown counts as unsafe'),
      mayOpen: z.boolean(),
      since: z.iso.datetime(),
      reasons: safetyVerdictGiven.schema.shape.reasons,
      readingIds: z.array(z.uuid()),
      reopenExpectedAt: z.iso.datetime().nullable(),
      rulesVersion: z.string().nullable(),
    }),
    quantities: z.array(quantitySchema),
    flags: z.array(flagSchema).describe('what the data of the newest poll suffer from'),
    updated: z.iso.datetime().nullable().describe('the newest answered poll'),
    plcLink: z
      .object({
        state: z.string(),
        since: z.iso.datetime(),
        address: z.string(),
        detail: z.string().nullable(),
      })
      .nullable()
      .describe('the last outage or return of the line to the PLC; null if it never broke'),
  })
  .meta({ id: 'Environment' })

type Known = NonNullable<Awaited<ReturnType<typeof environmentOf>>>

/** Rows hold names of columns; the answer speaks as the rest of the API does. The schema checks the JSON columns. */
const answerOf = ({ quantities, poll, verdict, link }: Known): z.output<typeof environmentSchema> =>
  environmentSchema.parse({
    site: verdict.site,
    verdict: {
      eventId: verdict.event_id,
      state: verdict.state,
      mayOpen: verdict.state === 'safe' || verdict.state === 'warn',
      since: verdict.since,
      reasons: verdict.reasons,
      readingIds: verdict.reading_ids,
      reopenExpectedAt:
        poll && poll.updated > verdict.since ? poll.reopen_expected_at : verdict.reopen_expected_at,
      rulesVersion: verdict.rules_version,
    },
    quantities: quantities.map(({ unsafe_limit, safe_expected_at, ...row }) => ({
      ...row,
      limit: unsafe_limit,
      safeExpectedAt: safe_expected_at,
    })),
    flags: poll?.flags ?? [],
    updated: poll?.updated ?? null,
    plcLink: link ?? null,
  })

export const environmentRoutes: FastifyPluginAsyncZod<{ readAt: ReadAt; site: string }> = async (
  app,
  { readAt, site },
) => {
  app.get(
    '/api/environment',
    {
      config: { right: 'read' },
      schema: {
        summary:
          'What is known of the environment now: each quantity, the verdict, why, and when the roof may open',
        tags: ['environment'],
        querystring: z.object(momentShape),
        response: { 200: environmentSchema, 404: problemSchema },
      },
    },
    ({ query }, reply) =>
      readAt('environment', query, async (db) => {
        const position = await readPosition(db, 'environment')
        const known = await environmentOf(db, site)
        if (!known)
          throw new HttpProblem(
            404,
            'environment_unknown',
            'Nothing judged yet',
            `No verdict was given for ${site} yet.`,
          )
        return reply.header('x-position', `${position}`).send(answerOf(known))
      }),
  )
}
