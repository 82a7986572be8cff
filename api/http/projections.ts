import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Pool } from 'pg'
import { z } from 'zod'
import type { Clock } from '#domain/shared/clock.ts'
import type { Projection } from '#projections/engine/definition.ts'
import { beginRebuild, NotPossible } from '#projections/engine/generations.ts'
import { type GenerationReport, readReports } from '#projections/engine/reports.ts'
import {
  cancelRebuild,
  dropOld,
  pauseRebuild,
  resumeRebuild,
  retryStopped,
  rollBack,
} from '#projections/engine/requests.ts'
import { HttpProblem, problemSchema } from './problem.ts'
import { generationShown, projectionSchema } from './projection-shape.ts'

export type ProjectionRoutesParts = {
  readonly pool: Pool
  readonly projections: readonly Projection[]
  readonly clock: Clock
}

/** What a person can ask of a read model, beside a rebuild. */
const requests: Readonly<
  Record<string, { about: string; ask: (pool: Pool, projection: Projection) => Promise<void> }>
> = {
  pause: { about: 'Hold a rebuild where it stands', ask: (pool, { name }) => pauseRebuild(pool, name) },
  resume: {
    about: 'Let a rebuild go on; one that waits because of differences swaps',
    ask: (pool, { name }) => resumeRebuild(pool, name),
  },
  cancel: {
    about: 'End a rebuild and drop what it filled',
    ask: (pool, { name }) => cancelRebuild(pool, name),
  },
  rollback: { about: 'Back to what was live before the last swap', ask: rollBack },
  'drop-old': {
    about: 'Drop what was live before the last swap',
    ask: (pool, { name }) => dropOld(pool, name),
  },
  retry: {
    about: 'Try the event again at which it stopped',
    ask: (pool, { name }) => retryStopped(pool, name),
  },
}

const nameSchema = z.object({ name: z.string() })

const conflict = (error: unknown): unknown =>
  error instanceof NotPossible
    ? new HttpProblem(409, error.code, 'Not as it stands', `${error.message}.`)
    : error

/** Read models and their rebuilds. What is asked here is written down in Postgres and done by whoever runs them. */
export const projectionRoutes: FastifyPluginAsyncZod<ProjectionRoutesParts> = async (
  app,
  { pool, projections, clock },
) => {
  const names = projections.map(({ name }) => name)
  const named = (name: string): Projection => {
    const projection = projections.find((one) => one.name === name)
    if (projection) return projection
    const detail = `There is no read model ${name}; there are ${names.join(', ')}.`
    throw new HttpProblem(404, 'projection_unknown', 'No such read model', detail)
  }
  const shown = ({ name, version }: Projection, reports: readonly GenerationReport[]) => {
    const as = (role: GenerationReport['role']) => {
      const found = reports.find((report) => report.name === name && report.role === role)
      if (!found) return null
      // Nobody speaks for rows that another version filled.
      const outdated = role === 'live' && found.version !== version
      return generationShown(outdated ? { ...found, state: 'outdated' } : found, clock.now())
    }
    return { name, version, live: as('live'), rebuild: as('building'), old: as('old') }
  }
  const one = async (name: string) => {
    const projection = named(name)
    return shown(projection, await readReports(pool, [name]))
  }

  app.get(
    '/api/projections',
    {
      config: { right: 'read' },
      schema: {
        summary: 'Every read model: how far it is, how fast, and what is being rebuilt',
        tags: ['operation'],
        response: { 200: z.object({ items: z.array(projectionSchema) }) },
      },
    },
    async () => {
      const reports = await readReports(pool, names)
      return { items: projections.map((projection) => shown(projection, reports)) }
    },
  )

  app.get(
    '/api/projections/:name',
    {
      config: { right: 'read' },
      schema: {
        summary: 'One read model',
        tags: ['operation'],
        params: nameSchema,
        response: { 200: projectionSchema, 404: problemSchema },
      },
    },
    ({ params }) => one(params.name),
  )

  app.post(
    '/api/projections/:name/rebuild',
    {
      config: { right: 'admin' },
      schema: {
        summary: 'Fill it anew beside the live one, compare, and swap; Location tells how far it is',
        tags: ['operation'],
        params: nameSchema,
        body: z
          .object({
            hold: z.boolean().default(false).describe('wait for resume before swapping rows that differ'),
          })
          .nullish(),
        response: { 202: projectionSchema, 404: problemSchema, 409: problemSchema },
      },
    },
    async ({ params: { name }, body }, reply) => {
      const projection = named(name)
      try {
        await beginRebuild(pool, projection, body?.hold)
      } catch (error) {
        throw conflict(error)
      }
      return reply
        .code(202)
        .header('location', `/api/projections/${name}`)
        .send(await one(name))
    },
  )

  for (const [verb, { about, ask }] of Object.entries(requests)) {
    app.post(
      `/api/projections/:name/${verb}`,
      {
        config: { right: 'admin' },
        schema: {
          summary: about,
          tags: ['operation'],
          params: nameSchema,
          response: { 202: projectionSchema, 404: problemSchema, 409: problemSchema },
        },
      },
      async ({ params: { name } }, reply) => {
        try {
          await ask(pool, named(name))
        } catch (error) {
          throw conflict(error)
        }
        return reply
          .code(202)
          .header('location', `/api/projections/${name}`)
          .send(await one(name))
      },
    )
  }
}
