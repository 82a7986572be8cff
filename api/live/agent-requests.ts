import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { actorOf } from '#api/auth/caller.ts'
import { HttpProblem, problemSchema } from '#api/http/problem.ts'
import { StoreUnavailable } from '#commands/event-store.ts'
import { agentSenders, directory } from '#domain/live/directory.ts'
import { logSenders } from '#domain/live/senders.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { type RequestCode, RequestRefused } from './request-refused.ts'
import type { SenderRequest } from './requests.ts'
import type { Router } from './router.ts'

export type AgentRequestParts = {
  readonly router: Router
  readonly ask: (request: SenderRequest, signal: AbortSignal) => Promise<unknown>
  readonly isConnected: (agent: string) => Promise<boolean>
}

const statuses: Readonly<Record<RequestCode, number>> = {
  UNKNOWN_AGENT: 404,
  NO_SUCH_REQUEST: 404,
  SENDER_NOT_CONNECTED: 409,
  REQUEST_REFUSED: 409,
  REQUEST_FAILED: 502,
  TIMEOUT: 504,
}

const problemOf = (error: unknown): unknown => {
  if (error instanceof RequestRefused) {
    const title = 'The request was not answered'
    return new HttpProblem(statuses[error.code], error.code, title, `${error.message}.`)
  }
  if (error instanceof StoreUnavailable)
    return new HttpProblem(503, 'log_unavailable', 'The log is away', `${error.message}.`)
  return error
}

const bodySchema = z
  .strictObject({
    params: z.unknown().describe('what the request is about, as its sender wants it'),
    timeoutS: z.number().positive().max(60).default(15).describe('s: how long an answer is waited for'),
  })
  .partial()

const senderSchema = z
  .object({
    name: z.string(),
    about: z.string(),
    events: z.array(z.string()),
    channels: z.array(z.string()),
    connected: z.boolean().nullable().describe('null for who is no process of its own'),
  })
  .meta({ id: 'Sender' })

const tags = ['live']

/** Who can be heard, and asking them. */
export const agentRequestRoutes: FastifyPluginAsyncZod<AgentRequestParts> = async (
  app,
  { router, ask, isConnected },
) => {
  app.get(
    '/api/live/senders',
    {
      config: { right: 'read' },
      schema: {
        summary: 'Who can be heard on /api/live: what each declares, and who is connected',
        tags,
        response: { 200: z.object({ items: z.array(senderSchema) }), 503: problemSchema },
      },
    },
    async () => {
      const ofLog = Object.entries(logSenders).map(async ([name, { about, events, channels }]) => {
        const connected = agentSenders.includes(name) ? await isConnected(name) : null
        return { name, about, events: [...events], channels: [...channels], connected }
      })
      const local = router.connected().map(({ sender, since }) => {
        const names = directory.namesOf(sender) ?? []
        const [channels, events] = [true, false].map((of) =>
          names.filter((name) => name.startsWith('#') === of),
        )
        const about = `of this process, since ${since}`
        return { name: sender, about, events: events ?? [], channels: channels ?? [], connected: true }
      })
      const items = await Promise.all(ofLog).catch((error: unknown) => {
        throw problemOf(error)
      })
      return { items: [...items, ...local] }
    },
  )

  app.post(
    '/api/agents/:name/requests/:request',
    {
      config: { right: 'operate' },
      schema: {
        summary: 'Asks an agent, e.g. ping or status; the reply comes to the asker only',
        tags,
        params: z.object({ name: z.string(), request: z.string().max(100) }),
        headers: z.looseObject({
          'idempotency-key': z
            .string()
            .min(1)
            .max(200)
            .optional()
            .describe('the same key is the same request'),
        }),
        body: bodySchema.nullish(),
        response: {
          200: z.object({ reply: z.unknown() }),
          404: problemSchema,
          409: problemSchema,
          502: problemSchema,
          504: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const { name: sender, request: name } = request.params
      const { params = {}, timeoutS = 15 } = request.body ?? {}
      const actor = actorOf(request)
      const key = request.headers['idempotency-key']
      const messageId = key ? uuidFrom(`${request.url} ${actor.id} ${key}`, noctuaryNamespace) : randomUUID()
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort(new Error('the asker is gone')))
      const asked = { sender, name, content: params, timeoutS, messageId, actor }
      const answer = await ask(asked, gone.signal).catch((error: unknown) => {
        throw problemOf(error)
      })
      return { reply: answer ?? null }
    },
  )
}
