import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { actorOf } from '#api/auth/caller.ts'
import { commandHeaders, type EnvelopeParts, envelopeOf, tellHandled } from '#api/http/command-envelope.ts'
import { HttpProblem, problemSchema } from '#api/http/problem.ts'
import type { Purged } from '#commands/agents/purge.ts'
import type { RecordOperation } from '#commands/operation/operations.ts'
import { agentSenders } from '#domain/live/directory.ts'
import type { Actor } from '#domain/shared/metadata.ts'

export type QueueRouteParts = EnvelopeParts & {
  readonly purge: (agents: readonly string[], actor: Actor, signal: AbortSignal) => Promise<Purged[]>
  readonly record: RecordOperation
}

export const purgedSchema = z
  .object({
    count: z.number().int(),
    agents: z.array(z.object({ agent: z.string(), count: z.number().int() })),
  })
  .meta({ id: 'QueuesPurged' })

const bodySchema = z.strictObject({
  force: z.literal(true, 'what is purged cannot be brought back: say "force": true'),
  why: z.string().min(1).max(500).default('purged by hand'),
})

const named = (name: string): readonly string[] => {
  if (name === 'all') return agentSenders
  if (agentSenders.includes(name)) return [name]
  const detail = `There is no agent ${name}; there are ${agentSenders.join(', ')}, and all.`
  throw new HttpProblem(404, 'UNKNOWN_AGENT', 'No such agent', detail)
}

/** Emptying the queues of messages to agents (A20). */
export const queueRoutes: FastifyPluginAsyncZod<QueueRouteParts> = async (app, parts) => {
  app.post(
    '/api/agents/:name/purge',
    {
      config: { right: 'admin' },
      schema: {
        summary: 'Takes back every message that waits for an agent, or for all; what is in hand goes on',
        tags: ['operation'],
        params: z.object({ name: z.string().describe('an agent, or all') }),
        headers: commandHeaders,
        body: bodySchema,
        response: { 200: purgedSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const agents = named(request.params.name)
      const envelope = envelopeOf(request, parts)
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort(new Error('the asker is gone')))
      const purged = await parts.purge(agents, actorOf(request), gone.signal)
      const count = purged.reduce((sum, one) => sum + one.count, 0)
      const { why } = request.body
      const handled = await parts.record(
        { type: 'QueuePurged', data: { agents: purged, count, why } },
        envelope,
      )
      tellHandled(reply, handled)
      return { count, agents: purged }
    },
  )
}
