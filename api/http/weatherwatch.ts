import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readPosition } from '#projections/engine/position-of.ts'
import { recentWeather } from '#projections/weatherwatch/queries.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { everySchema, page, pageOf, pagingSchema } from './paging.ts'

export const weatherwatchSchema = z
  .object({
    id: z.number().int().describe('the poll: night and number in it; the same in sitewatch'),
    site: z.string(),
    global_status: z.string().describe('OK, RAINING, …: the worst of what the sensors say at this moment'),
    updated: z.iso.datetime(),
    humidity: z.number().nullable().describe('%, outside'),
    wind: z.number().nullable().describe('m/s'),
    wind_dir: z.number().nullable().describe('° from where it blows; north 0, east 90'),
    temperature: z.number().nullable().describe('°C, outside'),
    pressure: z.number().nullable().describe('mbar at the site'),
    rain: z.number().nullable().describe('mm/h'),
    cloud: z.number().nullable().describe('°C, temperature of the sky: the colder the clearer'),
  })
  .meta({ id: 'Weatherwatch' })

export const weatherwatchRoutes: FastifyPluginAsyncZod<{ readAt: ReadAt }> = async (app, { readAt }) => {
  app.get(
    '/api/weatherwatch',
    {
      config: { right: 'read' },
      schema: {
        summary: 'The weather, one row per answered poll, newest first',
        tags: ['environment'],
        querystring: pagingSchema.extend({ ...momentShape, every: everySchema }),
        response: { 200: pageOf(weatherwatchSchema) },
      },
    },
    ({ query }, reply) =>
      readAt('weatherwatch', query, async (db) => {
        const rows = await recentWeather(db, query)
        const position = rows[0]?.position ?? (await readPosition(db, 'weatherwatch'))
        return reply.header('x-position', `${position}`).send(page(rows, query.limit))
      }),
  )
}
