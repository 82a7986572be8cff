import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { actorOf } from '#api/auth/caller.ts'
import { type EventStore, StoreUnavailable } from '#commands/event-store.ts'
import { askSchedule } from '#commands/planning/ask-schedule.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { scheduleAskRow } from '#projections/schedule/queries.ts'
import { commandHeaders, digestOf } from './command-envelope.ts'
import type { ReadAt } from './moment.ts'
import { HttpProblem, problemSchema } from './problem.ts'

type Parts = {
  readonly readAt: ReadAt
  readonly store: EventStore
  readonly site: Site
  readonly clock: Clock
}

const askBody = z
  .strictObject({
    keep: z
      .boolean()
      .default(false)
      .describe(
        'keep what is planned unless another plan is better by rule, or plan all that has not begun anew',
      ),
    why: z.string().max(500).default('asked for by a person'),
  })
  .prefault({})

export const askSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(['pending', 'answered']),
    askedAt: z.iso.datetime(),
    askedBy: z.string(),
    why: z.string(),
    detail: z.string(),
    keep: z.boolean(),
    answer: z
      .object({ night: z.iso.date(), version: z.int(), href: z.string() })
      .nullable()
      .describe('the version that answered it'),
  })
  .meta({ id: 'ScheduleAsk' })

const logAway = (error: unknown): never => {
  if (!(error instanceof StoreUnavailable)) throw error
  const detail = `${error.message}. Asking again with the same Idempotency-Key is safe.`
  throw new HttpProblem(503, 'log_unavailable', 'The log is away', detail)
}

const tagged = { tags: ['planning'] }

/** A person asks for a plan, and sees what became of it. */
export const scheduleAskRoutes: FastifyPluginAsyncZod<Parts> = async (
  app,
  { readAt, store, site, clock },
) => {
  app.post(
    '/api/schedule',
    {
      config: { right: 'operate' },
      schema: {
        ...tagged,
        summary: 'Plan anew; the answer says where to see when it is done',
        headers: commandHeaders.omit({ 'if-match': true }),
        body: askBody.nullish(),
        response: {
          202: z.object({ id: z.uuid(), href: z.string() }),
          422: problemSchema,
          503: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const { keep, why: detail } = askBody.parse(request.body ?? {})
      const actor = actorOf(request)
      const key = request.headers['idempotency-key']
      const askId = key ? uuidFrom(`schedule/ask/${actor.id}/${key}`, noctuaryNamespace) : randomUUID()
      const asked = instantOf(clock.now())
      const { eventId, position } = await askSchedule(store, {
        askId,
        why: 'person',
        detail,
        keep,
        at: asked,
        night: nightOf(asked, site.timeZone),
        site: site.id,
        actor,
        ...(key ? { digest: digestOf({ keep, detail }) } : {}),
      }).catch(logAway)
      const href = `/api/schedule/asks/${eventId}`
      return reply
        .code(202)
        .header('location', href)
        .header('x-position', `${position.commit}`)
        .send({ id: eventId, href })
    },
  )

  app.get(
    '/api/schedule/asks/:id',
    {
      config: { right: 'read' },
      schema: {
        ...tagged,
        summary: 'What became of an ask for a plan',
        params: z.object({ id: z.uuid('an ask is named by a UUID, as its Location said') }),
        response: { 200: askSchema, 404: problemSchema },
      },
    },
    ({ params }) =>
      readAt('schedule', {}, async (db) => {
        const row = await scheduleAskRow(db, params.id)
        if (!row) {
          const detail = `No ask ${params.id} is known here, or not yet.`
          throw new HttpProblem(404, 'ask_unknown', 'No such ask', detail)
        }
        const { answered_night: night, answered_version: version } = row
        const answer =
          night === null || version === null
            ? null
            : { night, version, href: `/api/schedules/${night}/${version}` }
        return {
          id: row.event_id,
          state: answer ? ('answered' as const) : ('pending' as const),
          askedAt: row.asked_at,
          askedBy: row.asked_by,
          why: row.why,
          detail: row.detail,
          keep: row.keep,
          answer,
        }
      }),
  )
}
