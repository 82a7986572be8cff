import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sequenceSchema } from '#domain/requests/sequence.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import { requestById, requestsPage } from '#projections/requests/queries.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { pagingSchema } from './paging.ts'
import { HttpProblem } from './problem.ts'
import { faultsSchema, requestStatuses } from './requests/answer.ts'

export const summarySchema = z.object({
  id: z.string(),
  place: z.number().int().describe('where it began in the log; `next` of a page is the last one’s'),
  name: z.string(),
  user_id: z.string(),
  country: z.string().nullable(),
  programme_id: z.string(),
  target_type: z.string(),
  source: z.enum(['json', 'xml', 'form', 'alert', 'fake']),
  status: z.enum(requestStatuses),
  revision: z.number().int(),
  trigger_id: z.string().nullable().describe('the alert it was made for'),
  sequence_count: z.number().int(),
  warnings: faultsSchema.describe('what was odd in it, and what was made of that'),
  faults: faultsSchema.describe('why its last submission was refused'),
  drafted_at: z.iso.datetime().nullable().describe('null for what an alert asked for'),
  changed_at: z.iso.datetime(),
  submitted_at: z.iso.datetime().nullable(),
  simulated: z.boolean(),
})

export const wholeSchema = summarySchema
  .extend({
    sequences: z.array(sequenceSchema).describe('in their author’s order, as are albums and plans'),
    raw: z.string().nullable().describe('the author’s own text'),
    withdrawn_why: z.string().nullable(),
  })
  .meta({ id: 'Request' })

// Strict: a misspelt filter must not answer with everything.
const querySchema = z.strictObject({
  ...pagingSchema.shape,
  ...momentShape,
  before: pagingSchema.shape.before.describe(
    'requests drafted before this place only: `next` of the page before',
  ),
  status: z.enum(requestStatuses).optional(),
  user: z.string().optional(),
  programme: z.string().optional(),
})

const tags = ['requests']

export const requestRoutes: FastifyPluginAsyncZod<{ readAt: ReadAt }> = async (app, { readAt }) => {
  app.get(
    '/api/requests',
    {
      config: { right: 'read' },
      schema: {
        summary: 'Requests, newest first; all filters given must hold',
        tags,
        querystring: querySchema,
        response: {
          200: z.object({
            items: z.array(summarySchema.meta({ id: 'RequestSummary' })),
            next: z
              .number()
              .int()
              .nullable()
              .describe('`before` of the next page; null when this was the last'),
          }),
        },
      },
    },
    ({ query }, reply) =>
      readAt('requests', query, async (db) => {
        const rows = await requestsPage(db, query, query)
        const position = rows[0]?.position ?? (await readPosition(db, 'requests'))
        const items = z.array(summarySchema).parse(rows)
        const next = items.length < query.limit ? null : (items.at(-1)?.place ?? null)
        return reply.header('x-position', `${position}`).send({ items, next })
      }),
  )

  app.get(
    '/api/requests/:id',
    {
      config: { right: 'read' },
      schema: {
        summary: 'A request with all that is asked for; its ETag is what If-Match wants',
        tags,
        params: z.object({ id: z.string() }),
        querystring: z.strictObject(momentShape),
        response: { 200: wholeSchema },
      },
    },
    ({ params: { id }, query }, reply) =>
      readAt('requests', query, async (db) => {
        const row = await requestById(db, id)
        if (!row)
          throw new HttpProblem(404, 'request_unknown', 'No such request', `There is no request ${id}.`)
        return reply
          .header('x-position', `${row.position}`)
          .header('etag', `"${row.revision}"`)
          .send(wholeSchema.parse(row))
      }),
  )
}
