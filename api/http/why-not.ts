import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Site } from '#domain/shared/site.ts'
import { sequencePlan } from '#projections/schedule/queries.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { HttpProblem, problemSchema } from './problem.ts'
import { leftOutAnswer } from './schedule-shapes.ts'

export const whyNotSchema = z
  .object({
    sequenceId: z.string(),
    requestId: z.string(),
    night: z.iso.date().describe('of the newest plan that knew it'),
    version: z.int().nullable().describe('null before any plan did'),
    planned: z.boolean(),
    startsAt: z.iso.datetime().nullable(),
    endsAt: z.iso.datetime().nullable(),
    code: z.string().nullable().describe('why it is not planned, for programs; null when it is'),
    figures: z.record(z.string(), z.unknown()).nullable(),
    text: z.string().describe('for people'),
    remedy: z.string().nullable().describe('what would have to be otherwise'),
  })
  .meta({ id: 'WhyNot' })

type Found = NonNullable<Awaited<ReturnType<typeof sequencePlan>>>
type WhyNot = z.output<typeof whyNotSchema>

/** Code, figures and sentence of a sequence that is not in the newest plan. */
const reasonOf = ({
  row,
  newest,
  explanations,
}: Found): Pick<WhyNot, 'code' | 'figures' | 'text' | 'remedy'> => {
  if (row.version === 0) {
    const text = 'it was submitted, and the plan that answers that is still being made'
    return { code: 'NOT_PLANNED_YET', figures: null, text, remedy: null }
  }
  if (newest?.night !== row.night || newest.version !== row.version) {
    const text = `since version ${row.version} of the plan of ${row.night} it is not asked for any more: it was observed or withdrawn`
    return { code: 'NOT_OPEN', figures: null, text, remedy: null }
  }
  const left = leftOutAnswer(explanations).find(({ sequenceId }) => sequenceId === row.sequence_id)
  return {
    code: row.code,
    figures: left?.figures ?? null,
    text: left?.text ?? 'the reason is being written, a moment after the plan',
    remedy: left?.remedy ?? null,
  }
}

const answerOf = (found: Found): WhyNot => {
  const { row, newest } = found
  const planned = row.planned && newest?.night === row.night && newest.version === row.version
  const why = planned
    ? {
        code: null,
        figures: null,
        text: `it is planned, from ${row.starts_at} to ${row.ends_at}`,
        remedy: null,
      }
    : reasonOf(found)
  return {
    sequenceId: row.sequence_id,
    requestId: row.request_id,
    night: row.night,
    version: row.version === 0 ? null : row.version,
    planned,
    startsAt: planned ? row.starts_at : null,
    endsAt: planned ? row.ends_at : null,
    ...why,
  }
}

/** Why a sequence is not in the plan, with figures. */
export const whyNotRoutes: FastifyPluginAsyncZod<{ readAt: ReadAt; site: Site }> = async (
  app,
  { readAt, site },
) => {
  app.get(
    '/api/sequences/:id/why-not',
    {
      config: { right: 'read' },
      schema: {
        summary: 'Why a sequence is not in the newest plan, with figures and what would have to change',
        tags: ['planning'],
        params: z.object({ id: z.string().min(1).max(200) }),
        querystring: z.strictObject(momentShape),
        response: { 200: whyNotSchema, 404: problemSchema },
      },
    },
    ({ params, query }, reply) =>
      readAt('schedule', query, async (db) => {
        const found = await sequencePlan(db, { site: site.id, id: params.id })
        if (!found) {
          const detail = `No sequence ${params.id} was ever submitted, or it was withdrawn.`
          throw new HttpProblem(404, 'sequence_unknown', 'No such sequence', detail)
        }
        return reply.header('x-position', `${found.newest?.position ?? 0}`).send(answerOf(found))
      }),
  )
}
