import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { comingNight } from '#domain/planning/coming-night.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { ReadModels } from '#projections/read-database.ts'
import {
  changeRows,
  scheduleOf,
  versionRow,
  versionRows,
  type WhichSchedule,
} from '#projections/schedule/queries.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { HttpProblem, problemSchema } from './problem.ts'
import {
  changesAnswer,
  changesSchema,
  entryAnswer,
  leftOutAnswer,
  scheduleSchema,
  versionAnswer,
  versionSchema,
} from './schedule-shapes.ts'

export type ScheduleParts = {
  readonly readAt: ReadAt
  readonly site: Site
  readonly clock: Clock
}

const nightSchema = z.iso.date('a night is the date of its evening, e.g. 2026-11-20')
const versionParams = z.object({
  night: nightSchema,
  version: z.coerce.number('a version is a whole number from 1').int().positive(),
})

const unknown = (which: WhichSchedule): HttpProblem => {
  const what = which.version === undefined ? 'No plan' : `No version ${which.version} of a plan`
  const when = which.night === undefined ? 'yet' : `of the night of ${which.night}`
  return new HttpProblem(404, 'schedule_unknown', 'No such plan', `${what} ${when} is on record.`)
}

/** One version with all that is in it, or the newest; throws a problem where there is none. */
export const readSchedule = async (db: ReadModels, which: WhichSchedule) => {
  const found = await scheduleOf(db, which)
  if (!found) throw unknown(which)
  const { version, entries, explanations } = found
  return {
    position: version.position,
    schedule: {
      ...versionAnswer(version),
      site: which.site,
      entries: entries.map(entryAnswer),
      leftOut: leftOutAnswer(explanations),
      explained: explanations.some(({ last }) => last),
    },
  }
}

const tagged = { tags: ['planning'] }

export const scheduleRoutes: FastifyPluginAsyncZod<ScheduleParts> = async (app, parts) => {
  const { readAt, site, clock } = parts
  const at = (reply: FastifyReply, position: number) => reply.header('x-position', `${position}`)

  app.get(
    '/api/schedule',
    {
      config: { right: 'read' },
      schema: {
        ...tagged,
        summary: 'The plan in force: what is to be observed when, and why the rest is left out',
        querystring: z.strictObject({ ...momentShape, night: nightSchema.optional() }),
        response: { 200: scheduleSchema, 404: problemSchema },
      },
    },
    ({ query }, reply) =>
      readAt('schedule', query, async (db) => {
        const which = { site: site.id, ...(query.night ? { night: query.night } : {}) }
        const { schedule, position } = await readSchedule(db, which)
        return at(reply, position).send(schedule)
      }),
  )

  app.get(
    '/api/schedules',
    {
      config: { right: 'read' },
      schema: {
        ...tagged,
        summary: 'Every version of a night’s plan, newest first, with what asked for it and what it changed',
        querystring: z.strictObject({
          ...momentShape,
          night: nightSchema
            .optional()
            .describe('the one to be planned now where it is not given: from dawn on the coming one'),
          limit: z.coerce.number().int().min(1).max(1000).default(50),
          before: z.coerce.number().int().positive().optional().describe('versions below it only'),
        }),
        response: { 200: z.object({ items: z.array(versionSchema), next: z.int().nullable() }) },
      },
    },
    ({ query }, reply) =>
      readAt('schedule', query, async (db) => {
        const { limit, before, night = comingNight(instantOf(clock.now()), site).night } = query
        const rows = await versionRows(db, { site: site.id, night, limit, before })
        const next = rows.length < limit ? null : (rows.at(-1)?.version ?? null)
        return at(reply, rows[0]?.position ?? 0).send({ items: rows.map(versionAnswer), next })
      }),
  )

  app.get(
    '/api/schedules/:night/:version',
    {
      config: { right: 'read' },
      schema: {
        ...tagged,
        summary: 'One version of a night’s plan',
        params: versionParams,
        response: { 200: scheduleSchema, 404: problemSchema },
      },
    },
    ({ params }, reply) =>
      readAt('schedule', {}, async (db) => {
        const { schedule, position } = await readSchedule(db, { site: site.id, ...params })
        return at(reply, position).send(schedule)
      }),
  )

  app.get(
    '/api/schedules/:night/:version/changes',
    {
      config: { right: 'read' },
      schema: {
        ...tagged,
        summary: 'What a version changed: what came in, what gave way, what moved, and what asked for it',
        params: versionParams,
        response: { 200: changesSchema, 404: problemSchema },
      },
    },
    ({ params }, reply) =>
      readAt('schedule', {}, async (db) => {
        const version = await versionRow(db, { site: site.id, ...params })
        if (!version) throw unknown({ site: site.id, ...params })
        return at(reply, version.position).send(changesAnswer(version, await changeRows(db, version)))
      }),
  )
}
