import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { nightCourse } from '#commands/night/course.ts'
import { controlModeSchema } from '#domain/night/course-events.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { newestNight, nightsOf, roofOf } from '#projections/nights/queries.ts'
import { missedOf, observationsOf, runningObservation } from '#projections/observations/queries.ts'
import type { ReadModels } from '#projections/read-database.ts'
import { nextEntry } from '#projections/schedule/next-entry.ts'
import { commandHeaders, envelopeOf, tellHandled } from './command-envelope.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { missedSchema, nightSchema, nightShown, nowSchema, observationSchema } from './night/shapes.ts'
import { whatNow } from './night/what-now.ts'
import { HttpProblem, problemSchema } from './problem.ts'
import { promisedCode } from './problem-codes.ts'

export type NightRouteParts = {
  readonly readAt: ReadAt
  readonly site: Site
  readonly clock: Clock
  /** Without it the mode is only shown here. */
  readonly commandNight?: ReturnType<typeof nightCourse>
}

const limit = z.coerce.number().int().min(1).max(1000).default(50).describe('rows at the most')

/** The night as it goes: phase, mode, roof, what is observed and why, and what comes next. */
export const nightNowRoutes: FastifyPluginAsyncZod<NightRouteParts> = async (app, parts) => {
  const { readAt, site, clock, commandNight } = parts

  const look = async (db: ReadModels, at: string) => {
    const night = await newestNight(db, site.id)
    const [roof, observing, next] = await Promise.all([
      roofOf(db, site.id),
      runningObservation(db, site.id),
      night ? nextEntry(db, site.id, night.night, at) : undefined,
    ])
    const facts = {
      night: night ? nightShown(night) : null,
      roof: roof ?? null,
      observing: observing ?? null,
      next: next ?? null,
    }
    return { at, ...facts, now: whatNow(facts) }
  }

  app.get(
    '/api/night',
    {
      config: { right: 'read' },
      schema: {
        summary: 'The night as it goes: phase, mode, roof, what is done now and why, and what comes next',
        tags: ['nights'],
        querystring: z.object(momentShape),
        response: { 200: nowSchema },
      },
    },
    ({ query }) =>
      readAt(['nights', 'observations', 'schedule'], query, (db) =>
        look(db, query.at ?? instantOf(clock.now())),
      ),
  )

  app.get(
    '/api/nights',
    {
      config: { right: 'read' },
      schema: {
        summary: 'How each night went, newest first',
        tags: ['nights'],
        querystring: z.object({ ...momentShape, limit, before: z.iso.date().optional() }),
        response: { 200: z.object({ items: z.array(nightSchema), next: z.string().nullable() }) },
      },
    },
    ({ query }) =>
      readAt('nights', query, async (db) => {
        const items = (await nightsOf(db, site.id, query.limit, query.before)).map(nightShown)
        return { items, next: items.length < query.limit ? null : (items.at(-1)?.night ?? null) }
      }),
  )

  app.get(
    '/api/observations',
    {
      config: { right: 'read' },
      schema: {
        summary: 'Every attempt at a sequence, newest first',
        tags: ['nights'],
        querystring: z.object({
          ...momentShape,
          limit,
          night: z.iso.date().optional(),
          sequence: z.string().optional(),
          request: z.string().optional(),
        }),
        response: { 200: z.object({ items: z.array(observationSchema) }) },
      },
    },
    ({ query }) => readAt('observations', query, async (db) => ({ items: await observationsOf(db, query) })),
  )

  app.get(
    '/api/nights/:night/missed',
    {
      config: { right: 'read' },
      schema: {
        summary: 'What had its turn in a night and was not begun, and why',
        tags: ['nights'],
        params: z.object({ night: z.iso.date() }),
        querystring: z.object({ ...momentShape, limit }),
        response: { 200: z.object({ items: z.array(missedSchema) }) },
      },
    },
    ({ params, query }) =>
      readAt('observations', query, async (db) => ({ items: await missedOf(db, params.night, query.limit) })),
  )

  if (!commandNight) return
  app.post(
    '/api/night/mode',
    {
      config: { right: 'operate' },
      schema: {
        summary: 'Takes the observatory over by hand, or hands it back',
        tags: ['nights'],
        headers: commandHeaders,
        body: z.strictObject({
          mode: controlModeSchema,
          why: z.string().min(1, 'say why, in a few words: it stands in the log').max(500),
        }),
        response: {
          200: z.object({ mode: controlModeSchema, night: z.iso.date(), changed: z.boolean() }),
          409: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const { mode, why } = request.body
      const envelope = envelopeOf(request, { clock, site })
      const night = nightOf(envelope.at, site.timeZone)
      const handled = await commandNight(
        { type: 'ChangeControlMode', site: site.id, night, at: envelope.at, mode, why, byPerson: true },
        envelope,
      ).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.name === 'CommandRefused')
          throw new HttpProblem(409, promisedCode(String(error.code)), 'Not now', `${error.message}.`)
        throw error
      })
      tellHandled(reply, handled)
      return { mode, night, changed: handled.events.length > 0 }
    },
  )
}
