import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { strategySchema } from '#domain/alerts/strategy.ts'
import { adoptedStrategies, alertOf, recentAlerts, recentNotices } from '#projections/alerts/queries.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import { alertDetail, alertDetailSchema, alertListSchema, noticeSchema } from './alert-shape.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { page, pageOf, pagingSchema } from './paging.ts'
import { HttpProblem } from './problem.ts'

const listQuery = z.strictObject({
  ...pagingSchema.shape,
  ...momentShape,
  night: z.iso.date('a night is the date of its evening, e.g. 2026-11-20').optional(),
  mission: z.string().min(1).optional(),
  outcome: z.enum(['observe', 'wait', 'ignore']).optional(),
  state: z.enum(['active', 'retracted']).optional(),
})

const noticeQuery = z.strictObject({
  ...pagingSchema.shape,
  ...momentShape,
  state: z.enum(['read', 'quarantined']).optional(),
})

const strategyRow = z.object({
  strategy: strategySchema,
  strategyVersion: z.number().int(),
  adoptedAt: z.iso.datetime(),
  adoptedBy: z.string().describe('kind:id'),
})

export const alertRoutes: FastifyPluginAsyncZod<{ readAt: ReadAt }> = async (app, { readAt }) => {
  app.get(
    '/api/alerts',
    {
      config: { right: 'read' },
      schema: {
        summary: 'Every alert with what became of it, newest first',
        tags: ['alerts'],
        querystring: listQuery,
        response: { 200: pageOf(alertListSchema) },
      },
    },
    ({ query }, reply) =>
      readAt('alerts', query, async (db) => {
        const rows = await recentAlerts(db, query, query)
        const position = rows[0]?.position ?? (await readPosition(db, 'alerts'))
        return reply.header('x-position', `${position}`).send(page(rows, query.limit))
      }),
  )

  app.get(
    '/api/alerts/notices',
    {
      config: { right: 'read' },
      schema: {
        summary: 'Every notice that came in, those that could not be read among them, newest first',
        tags: ['alerts'],
        querystring: noticeQuery,
        response: { 200: pageOf(noticeSchema) },
      },
    },
    ({ query }, reply) =>
      readAt('alerts', query, async (db) => {
        const rows = await recentNotices(db, query)
        const position = rows[0]?.position ?? (await readPosition(db, 'alerts'))
        return reply.header('x-position', `${position}`).send(page(rows, query.limit))
      }),
  )

  app.get(
    '/api/alerts/strategies',
    {
      config: { right: 'read' },
      schema: {
        summary: 'What is done about which alerts, as adopted last',
        tags: ['alerts'],
        querystring: z.strictObject(momentShape),
        response: { 200: z.object({ items: z.array(strategyRow) }) },
      },
    },
    ({ query }, reply) =>
      readAt('alerts', query, async (db) => {
        const rows = await adoptedStrategies(db)
        const position = rows[0]?.position ?? (await readPosition(db, 'alerts'))
        const items = rows.map((row) => ({
          strategy: strategySchema.parse(row.strategy),
          strategyVersion: row.strategy_version,
          adoptedAt: row.adopted_at,
          adoptedBy: row.adopted_by,
        }))
        return reply.header('x-position', `${position}`).send({ items })
      }),
  )

  app.get(
    '/api/alerts/:trigger',
    {
      config: { right: 'read' },
      schema: {
        summary:
          'One alert: notices, revisions, verdicts, request, observations, and how long each step took',
        tags: ['alerts'],
        params: z.object({ trigger: z.string() }),
        querystring: z.strictObject(momentShape),
        response: { 200: alertDetailSchema },
      },
    },
    ({ params: { trigger }, query }, reply) =>
      readAt('alerts', query, async (db) => {
        const found = await alertOf(db, trigger)
        if (!found) {
          const detail = `No trigger is called ${trigger}; /api/alerts lists them.`
          throw new HttpProblem(404, 'alert_unknown', 'No such alert', detail)
        }
        return reply.header('x-position', `${found.alert.position}`).send(alertDetail(found))
      }),
  )
}
