import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { may } from '#api/auth/caller.ts'
import { type Access, identify } from '#api/auth/identify.ts'
import { HttpProblem, problemSchema } from '#api/http/problem.ts'
import { type Right, rightMeanings } from '#domain/people/rights.ts'
import type { EventFeed } from '#projections/engine/event-feed.ts'
import { isAfter } from '#projections/engine/position.ts'
import { type AgentRequestParts, agentRequestRoutes } from './agent-requests.ts'
import { asyncApi } from './asyncapi.ts'
import type { Wishes } from './connection.ts'
import type { Hub } from './hub.ts'
import { liveQuerySchema, wishesOf } from './wishes.ts'

export type LiveParts = {
  /** Without it nobody can be asked here. */
  readonly requests?: Omit<AgentRequestParts, 'router'>
  readonly hub: Hub
  readonly feed: Pick<EventFeed, 'head'>
  readonly models: readonly string[]
}

const retryAfterS = 5

const logAway = () =>
  new HttpProblem(
    503,
    'log_unavailable',
    'The log is away',
    'The event store does not answer just now; try again in a moment.',
  )

/** Events are what the journal has; that something changed in a read model is for whoever may read it. */
const checkMayHear = (request: FastifyRequest): void => {
  if (may(request, 'audit')) return
  const detail = `Events need the right audit (${rightMeanings.audit}); changes of read models, ?model=, do not.`
  throw new HttpProblem(403, 'not_allowed', 'Not allowed', detail)
}

/** By what was sent when the stream began; where nobody can tell just now, nothing changes. */
const mayStill = async (request: FastifyRequest, access: Access, right: Right): Promise<boolean> => {
  const { kind } = request.caller
  if (kind !== 'session' && kind !== 'token') return true
  try {
    return (await identify(request, access)).rights.includes(right)
  } catch (error) {
    return !(error instanceof HttpProblem && error.problem.status === 401)
  }
}

/** What a client had seen of another log, or of one that was cut back, would never be reached. */
const checkSince = async ({ since }: Wishes, { hub, feed }: LiveParts): Promise<void> => {
  if (since === undefined || !isAfter(since, hub.log.position)) return
  const head = await feed.head().catch(() => {
    throw logAway()
  })
  if (!isAfter(since, head)) return
  const end = head ? `${head.commit}/${head.prepare}` : 'its beginning'
  const detail = `The log ends at ${end}, before ${since.commit}/${since.prepare}: that position is of another log. Begin without since.`
  throw new HttpProblem(400, 'position_unknown', 'No such position', detail)
}

/**
 * Live streams. Events of the log come with their position as id, and a stream that broke goes on after it without loss
 * or repetition. Presence of clients and the timer's ticks are in no log: who is not connected has missed them.
 */
export const liveRoutes: FastifyPluginAsyncZod<LiveParts & { readonly access: Access }> = async (
  app,
  parts,
) => {
  const { hub, models, requests, access } = parts
  if (requests) await app.register(agentRequestRoutes, { router: hub.router, ...requests })
  app.get('/api/asyncapi.json', { config: { right: 'read' }, schema: { hide: true } }, async () => asyncApi())

  app.get(
    '/api/live',
    {
      // A question for the headers alone would never end.
      exposeHeadRoute: false,
      config: { right: 'read' },
      schema: {
        summary:
          'What happens, as it happens, as server-sent events: hello, event (CloudEvents), model, slow-consumer',
        tags: ['live'],
        querystring: liveQuerySchema,
        headers: z.looseObject({ 'last-event-id': z.string().optional() }),
        response: {
          200: z.unknown().describe('text/event-stream, see /api/asyncapi.json'),
          400: problemSchema,
          503: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const wishes = wishesOf(request.query, request.headers['last-event-id'], models)
      if (wishes.wants.length > 0) {
        checkMayHear(request)
        if (!hub.log.following) throw logAway()
        await checkSince(wishes, parts)
      }
      const { raw } = reply
      const stillMay = () => mayStill(request, access, wishes.wants.length > 0 ? 'audit' : 'read')
      const client = hub.connect(raw, { ...wishes, stillMay })
      if (!client) {
        reply.header('retry-after', `${retryAfterS}`)
        const detail = `As many clients listen as can; try again in ${retryAfterS} s.`
        throw new HttpProblem(503, 'TOO_MANY_CLIENTS', 'Too many live clients', detail)
      }
      raw.once('close', () => client.gone())
      reply.hijack()
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) raw.setHeader(name, value)
      // The body goes on until the connection ends: no chunks, so that one write is one write.
      raw.removeHeader('transfer-encoding')
      raw.removeHeader('content-length')
      raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      raw.flushHeaders()
      raw.socket?.setNoDelay(true)
    },
  )
}
