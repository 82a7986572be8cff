import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readPosition } from '#projections/engine/position-of.ts'
import { recentSite } from '#projections/sitewatch/queries.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { everySchema, page, pageOf, pagingSchema } from './paging.ts'

export const sitewatchSchema = z
  .object({
    id: z.number().int().describe('the poll: night and number in it; the same in weatherwatch'),
    site: z.string(),
    global_status: z.string().describe('OK, …: the worst of what the sensors say at this moment'),
    updated: z.iso.datetime(),
    lights: z.string().nullable(),
    dome: z.string().nullable(),
    doors: z.string().describe('empty while nothing is known of them'),
    temperature: z.number().nullable().describe('°C, inside'),
    shutter: z.string().nullable(),
    pressure: z.number().nullable().describe('mbar, inside'),
    humidity: z.number().nullable().describe('%, inside'),
  })
  .meta({ id: 'Sitewatch' })

export const sitewatchRoutes: FastifyPluginAsyncZod<{ readAt: ReadAt }> = async (app, { readAt }) => {
  app.get(
    '/api/sitewatch',
    {
      config: { right: 'read' },
      schema: {
        summary: 'The inside, one row per answered poll, newest first',
        tags: ['environment'],
        querystring: pagingSchema.extend({ ...momentShape, every: everySchema }),
        response: { 200: pageOf(sitewatchSchema) },
      },
    },
    ({ query }, reply) =>
      readAt('sitewatch', query, async (db) => {
        const rows = await recentSite(db, query)
        const position = rows[0]?.position ?? (await readPosition(db, 'sitewatch'))
        return reply.header('x-position', `${position}`).send(page(rows, query.limit))
      }),
  )
}
