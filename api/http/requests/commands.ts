import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { commandHeaders, envelopeOf } from '#api/http/command-envelope.ts'
import { HttpProblem } from '#api/http/problem.ts'
import type { Envelope } from '#commands/handle.ts'
import type { RequestDesk } from '#commands/requests/request-desk.ts'
import type { Instrument } from '#domain/requests/instrument.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Site } from '#domain/shared/site.ts'
import { answerWith, receiptSchema } from './answer.ts'
import { acceptRequestBodies, bytesOf, describedBody, readRequestBody } from './body.ts'
import { fakeRequest } from './fake.ts'
import { checkOwner, checkOwnRequest } from './owner.ts'
import { useRequestProblems } from './refusals.ts'
import { simulatedBy } from './simulated.ts'

export type RequestCommandParts = {
  readonly desk: RequestDesk
  readonly instrument: Instrument
  readonly site: Site
  readonly clock: Clock
}

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')

const tags = ['requests']
const params = z.object({ id: z.string().min(1).max(40) })
const strict = flag.describe('XML only: what is merely odd is refused, too')
const writingQuery = z.strictObject({
  draft: flag.describe('keep it as a draft, whatever it says itself; submit it later'),
  strict,
})

/** What is done about requests. JSON as `POST /api/requests` describes it, or PYROS's XML. */
export const requestCommandRoutes: FastifyPluginAsyncZod<RequestCommandParts> = async (app, parts) => {
  const { desk, instrument } = parts
  const envelope = (request: FastifyRequest): Envelope => ({
    ...envelopeOf(request, parts, bytesOf(request.body)),
    ...simulatedBy(request),
  })
  acceptRequestBodies(app)
  useRequestProblems(app)

  app.post(
    '/api/requests',
    {
      config: { right: 'request' },
      schema: {
        summary: 'Hand in a request, JSON or XML; it is submitted unless it is a draft',
        description:
          'Refused with 422 and every fault where the observatory can never do it; the draft is then kept at Location.',
        tags,
        headers: commandHeaders,
        consumes: ['application/json', 'application/xml'],
        body: describedBody,
        querystring: writingQuery,
        response: { 201: receiptSchema },
      },
    },
    async (request, reply) => {
      const given = envelope(request)
      const { draft, strict: strictly } = request.query
      const { writing, submit } = readRequestBody(request.body, {
        instrument,
        at: given.at,
        strict: strictly,
      })
      checkOwner(request, writing.form.user)
      const now = await desk.draft(writing, submit && !draft, given)
      return reply.code(201).send(answerWith(reply, now, { asked: true }))
    },
  )

  app.post(
    '/api/requests/fake',
    {
      config: { right: 'request' },
      schema: {
        summary: 'Submit a made-up request for a target that can be seen now',
        tags,
        headers: commandHeaders,
        response: { 201: receiptSchema },
      },
    },
    async (request, reply) => {
      const given = { ...envelope(request), simulated: true }
      const now = await desk.draft(fakeRequest(parts.site, given.at), true, given)
      return reply.code(201).send(answerWith(reply, now, { asked: true }))
    },
  )

  app.put(
    '/api/requests/:id',
    {
      config: { right: 'request' },
      schema: {
        summary: 'Another content instead; If-Match says which revision it takes the place of',
        tags,
        headers: commandHeaders,
        consumes: ['application/json', 'application/xml'],
        body: describedBody,
        params,
        querystring: z.strictObject({ strict }),
        response: { 200: receiptSchema },
      },
    },
    async (request, reply) => {
      if (request.headers['if-match'] === undefined) {
        const detail = 'Say with If-Match which revision you have seen: the ETag that GET gave, or *.'
        throw new HttpProblem(428, 'if_match_required', 'Which revision?', detail)
      }
      await checkOwnRequest(request, desk, request.params.id)
      const given = envelope(request)
      const { writing } = readRequestBody(request.body, {
        instrument,
        at: given.at,
        strict: request.query.strict,
      })
      checkOwner(request, writing.form.user)
      return answerWith(reply, await desk.revise(request.params.id, writing, given), { asked: false })
    },
  )

  app.post(
    '/api/requests/:id/submit',
    {
      config: { right: 'request' },
      schema: {
        summary: 'Ask for what was drafted',
        tags,
        headers: commandHeaders,
        params,
        response: { 200: receiptSchema },
      },
    },
    async (request, reply) => {
      await checkOwnRequest(request, desk, request.params.id)
      const given = envelope(request)
      return answerWith(reply, await desk.submit(request.params.id, given), { asked: true })
    },
  )

  const whySchema = z.strictObject({ why: z.string().max(500).default('withdrawn by its author') })
  for (const [method, url] of [
    ['POST', '/api/requests/:id/withdraw'],
    ['DELETE', '/api/requests/:id'],
  ] as const)
    app.route({
      method,
      url,
      config: { right: 'request' },
      schema: {
        summary: 'Take it back, for good',
        tags,
        headers: commandHeaders,
        params,
        querystring: whySchema,
        response: { 200: receiptSchema },
      },
      handler: async (request, reply) => {
        await checkOwnRequest(request, desk, request.params.id)
        const given = envelope(request)
        const now = await desk.withdraw(request.params.id, request.query.why, given)
        return answerWith(reply, now, { asked: false })
      },
    })
}
