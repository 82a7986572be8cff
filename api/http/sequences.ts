import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sequenceSchema } from '#domain/requests/sequence.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import { type SequenceRow, sequenceById, sequencesPage } from '#projections/sequences/queries.ts'
import { sequenceStatuses } from '#projections/sequences/status.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { checkCursor, pagingSchema } from './paging.ts'
import { HttpProblem } from './problem.ts'

export const summarySchema = z.object({
  id: z.string(),
  name: z.string(),
  request: z.object({ id: z.string(), href: z.string() }).describe('what it belongs to'),
  ordinal: z.number().int().describe('its place in the request, from 1'),
  user_id: z.string(),
  programme_id: z.string(),
  target: z.object({ name: z.string(), raDeg: z.number(), decDeg: z.number() }).nullable(),
  duration_s: z.number(),
  priority: z.number().int(),
  tier: z.string(),
  status: z.enum(sequenceStatuses),
  reason: z
    .object({
      code: z.string(),
      text: z.string().nullable(),
      figures: z.record(z.string(), z.unknown()).nullable(),
    })
    .nullable()
    .describe('why it is not planned or was not finished'),
  planned: z
    .object({
      night: z.string(),
      schedule_version: z.number().int(),
      starts_at: z.iso.datetime(),
      ends_at: z.iso.datetime(),
    })
    .nullable(),
  observed: z
    .object({
      attempt: z.number().int(),
      started_at: z.iso.datetime(),
      ended_at: z.iso.datetime().nullable(),
      images_taken: z.number().int(),
      images_expected: z.number().int(),
    })
    .nullable()
    .describe('the newest attempt'),
})

const wholeSchema = summarySchema
  .extend({ content: sequenceSchema.describe('all that is asked for; albums and plans in their order') })
  .meta({ id: 'Sequence' })

type Reason = z.output<typeof summarySchema>['reason']

const plain = (code: string, text: string | null): Reason => ({ code, text, figures: null })

const figuresSchema = z.record(z.string(), z.unknown()).nullable()

const reasonOf = (row: SequenceRow): Reason => {
  switch (row.status) {
    case 'INVALID':
    case 'CANCELLED':
      return plain(row.status === 'INVALID' ? 'REFUSED' : 'WITHDRAWN', row.request_why)
    case 'FAILED':
      return plain(`ABORTED_${(row.aborted_why ?? 'quality').toUpperCase()}`, row.attempt_detail)
    case 'TOBEPLANNED':
    case 'UNPLANNABLE':
      if (row.code !== null)
        return { code: row.code, text: row.reason_text, figures: figuresSchema.parse(row.reason_figures) }
      return row.missed_why === null
        ? null
        : plain(`MISSED_${row.missed_why.toUpperCase()}`, row.missed_detail)
    case 'DRAFT':
    case 'PLANNED':
    case 'EXECUTING':
    case 'EXECUTED':
      return null
  }
}

const summaryOf = (row: SequenceRow): z.output<typeof summarySchema> => ({
  id: row.id,
  name: row.name,
  request: { id: row.request_id, href: `/api/requests/${row.request_id}` },
  ordinal: row.ordinal,
  user_id: row.user_id,
  programme_id: row.programme_id,
  target:
    row.ra_deg === null || row.dec_deg === null
      ? null
      : { name: row.target_name ?? row.name, raDeg: row.ra_deg, decDeg: row.dec_deg },
  duration_s: row.duration_s,
  priority: row.priority,
  tier: row.tier,
  status: row.status,
  reason: reasonOf(row),
  planned:
    row.placed && row.starts_at !== null && row.ends_at !== null && row.night !== null
      ? {
          night: row.night,
          schedule_version: row.schedule_version ?? 0,
          starts_at: row.starts_at,
          ends_at: row.ends_at,
        }
      : null,
  observed:
    row.attempt === null || row.started_at === null
      ? null
      : {
          attempt: row.attempt,
          started_at: row.started_at,
          ended_at: row.ended_at,
          images_taken: row.images_taken ?? 0,
          images_expected: row.images_expected ?? 0,
        },
})

const querySchema = z.strictObject({
  limit: pagingSchema.shape.limit,
  ...momentShape,
  after: z.string().optional().describe('sequences behind this one only: `next` of the page before'),
  status: z.enum(sequenceStatuses).optional(),
  request: z.string().optional(),
  user: z.string().optional(),
  programme: z.string().optional(),
})

const tags = ['requests']

export const sequenceRoutes: FastifyPluginAsyncZod<{ readAt: ReadAt }> = async (app, { readAt }) => {
  app.get(
    '/api/sequences',
    {
      config: { right: 'read' },
      schema: {
        summary:
          'Sequences with their status and its reason, by request and place in it; all filters given must hold',
        tags,
        querystring: querySchema,
        response: {
          200: z.object({
            items: z.array(summarySchema.meta({ id: 'SequenceSummary' })),
            next: z.string().nullable().describe('`after` of the next page; null when this was the last'),
          }),
        },
      },
    },
    ({ query }, reply) =>
      readAt('sequences', query, async (db) => {
        if (query.after !== undefined) checkCursor('after', query.after, await sequenceById(db, query.after))
        const rows = await sequencesPage(db, query, query)
        const position = rows[0]?.position ?? (await readPosition(db, 'sequences'))
        const next = rows.length < query.limit ? null : (rows.at(-1)?.id ?? null)
        return reply.header('x-position', `${position}`).send({ items: rows.map(summaryOf), next })
      }),
  )

  app.get(
    '/api/sequences/:id',
    {
      config: { right: 'read' },
      schema: {
        summary: 'A sequence: what is asked for, how it stands, and the request it belongs to',
        tags,
        params: z.object({ id: z.string() }),
        querystring: z.strictObject(momentShape),
        response: { 200: wholeSchema },
      },
    },
    ({ params: { id }, query }, reply) =>
      readAt('sequences', query, async (db) => {
        const row = await sequenceById(db, id)
        if (!row)
          throw new HttpProblem(404, 'sequence_unknown', 'No such sequence', `There is no sequence ${id}.`)
        const content = sequenceSchema.parse(row.content)
        return reply.header('x-position', `${row.position}`).send({ ...summaryOf(row), content })
      }),
  )
}
