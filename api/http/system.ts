import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Graph } from '#commands/agents/registry.ts'
import { lifeStates } from '#domain/agents/life-cycle.ts'
import { allAgents } from '#projections/agents/queries.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import { momentShape, type ReadAt } from './moment.ts'

export const agentSchema = z
  .object({
    name: z.string(),
    host: z.string().describe('the process that runs it, or ran it last'),
    state: z.enum([...lifeStates, 'GIVEN_UP']),
    since: z.iso.datetime(),
    restarts: z.number().int().describe('since this host has it'),
    lastFailure: z
      .object({ at: z.iso.datetime(), during: z.string(), code: z.string(), why: z.string() })
      .nullable(),
  })
  .meta({ id: 'Agent' })

export const graphSchema = z
  .object({
    nodes: z
      .array(
        z.object({
          id: z.string(),
          kind: z.string(),
          state: z.string(),
          detail: z.string().optional(),
          inbox: z.object({ waiting: z.number().int(), capacity: z.number().int() }).optional(),
          handled: z.number().int().optional().describe('since it began'),
          perSecond: z.number().nullable().describe('over the last minute; null until asked twice'),
        }),
      )
      .readonly(),
    links: z.array(z.object({ from: z.string(), to: z.string() })).readonly(),
  })
  .meta({ id: 'SystemGraph' })

export const systemRoutes: FastifyPluginAsyncZod<{ readAt: ReadAt; graph?: () => Graph }> = async (
  app,
  { readAt, graph },
) => {
  if (graph)
    app.get(
      '/api/system/graph',
      {
        config: { right: 'read' },
        schema: {
          summary: 'What runs in this process, how full and how fast, and what flows where',
          tags: ['operation'],
          response: { 200: graphSchema },
        },
      },
      async () => graph(),
    )

  app.get(
    '/api/agents',
    {
      config: { right: 'read' },
      schema: {
        summary: 'Every agent: who runs it, its state, and its last failure',
        tags: ['operation'],
        querystring: z.object(momentShape),
        response: { 200: z.object({ items: z.array(agentSchema) }) },
      },
    },
    ({ query }, reply) =>
      readAt('agents', query, async (db) => {
        const rows = await allAgents(db)
        const items = rows.map(({ failure, ...agent }) => ({
          ...agentSchema.omit({ lastFailure: true }).parse(agent),
          lastFailure: failure && {
            at: failure.failed_at,
            during: failure.during,
            code: failure.code,
            why: failure.why,
          },
        }))
        return reply.header('x-position', `${await readPosition(db, 'agents')}`).send({ items })
      }),
  )
}
