import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { HttpProblem, problemSchema } from '#api/http/problem.ts'
import { rightsOf } from '#domain/people/rights.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { Accounts } from './accounts.ts'
import { actorOf, may } from './caller.ts'
import { keyOf, newSecret } from './secrets.ts'
import { knownUser } from './set-password.ts'
import { newTokenSchema, tokenSchema } from './shapes.ts'

const tags = ['people']

const userOf = ({ caller: { user } }: FastifyRequest): string => user ?? ''

/** What programs bear to act for a user: made once, shown once, revoked at any time. */
export const tokenRoutes: FastifyPluginAsyncZod<{ accounts: Accounts }> = async (app, { accounts }) => {
  const { credentials, clock, record } = accounts
  app.addHook('onSend', async (_, reply) => void reply.header('cache-control', 'no-store'))

  app.post(
    '/api/tokens',
    {
      config: { right: 'signed-in' },
      schema: {
        summary: 'A new token; the answer alone has its secret',
        tags,
        body: newTokenSchema,
        response: {
          201: tokenSchema.extend({ token: z.string().describe('to be sent as Authorization: Bearer') }),
          ...{ 403: problemSchema, 404: problemSchema, 409: problemSchema, 422: problemSchema },
        },
      },
    },
    async (request, reply) => {
      const user = userOf(request)
      const { name, scopes, expiresAt } = request.body
      const owner = await knownUser(accounts, user)
      const beyond = scopes.filter((scope) => !rightsOf(owner.roles).includes(scope))
      if (beyond.length > 0) {
        const detail = `body/scopes: ${user} may not ${beyond.join(', ')}; a token may only what its user may.`
        throw new HttpProblem(422, 'scope_too_wide', 'Too much', detail)
      }
      const at = instantOf(clock.now())
      const until = expiresAt === undefined ? null : new Date(expiresAt).toISOString()
      if (until !== null && until <= at) {
        const detail = `body/expiresAt: ${until} is over; it is ${at}.`
        throw new HttpProblem(400, 'invalid_time', 'Over already', detail)
      }
      const secret = `noct_${newSecret()}`
      const id = `t-${randomBytes(6).toString('hex')}`
      const token = {
        ...{ id, userId: user, name, scopes: [...new Set(scopes)] },
        ...{ createdAt: at, expiresAt: until, usedAt: null },
      }
      const said = { userId: user, tokenId: id, scopes: token.scopes, expiresAt: until }
      await record({ type: 'TokenIssued', data: said }, actorOf(request), at)
      await credentials.addToken(keyOf(secret), token)
      const { userId: _, ...shown } = token
      return reply
        .code(201)
        .header('location', `/api/tokens/${id}`)
        .send({ ...shown, user, token: secret })
    },
  )
  app.get(
    '/api/tokens',
    {
      config: { right: 'signed-in' },
      schema: {
        summary: 'Your tokens, oldest first, without their secrets',
        tags,
        querystring: z.strictObject({
          all: z.enum(['true', 'false']).default('false').describe("everybody's; needs the right admin"),
        }),
        response: { 200: z.object({ items: z.array(tokenSchema) }), 403: problemSchema },
      },
    },
    async (request) => {
      const all = request.query.all === 'true'
      if (all && !may(request, 'admin'))
        throw new HttpProblem(403, 'not_allowed', 'Not allowed', "Everybody's tokens need the right admin.")
      const found = await credentials.tokens(all ? null : userOf(request))
      return {
        items: found.map(({ userId, ...token }) => ({ ...token, scopes: [...token.scopes], user: userId })),
      }
    },
  )
  app.delete(
    '/api/tokens/:id',
    {
      config: { right: 'signed-in' },
      schema: {
        summary: 'Revoke a token: from now on it opens nothing',
        tags,
        params: z.object({ id: z.string().max(100) }),
        response: { 200: z.object({ id: z.string() }), 404: problemSchema },
      },
    },
    async (request) => {
      const { id } = request.params
      const token = await credentials.tokenById(id)
      const mine = token?.userId === userOf(request) || may(request, 'admin')
      if (!token || !mine)
        throw new HttpProblem(404, 'token_unknown', 'No such token', `You have no token ${id}.`)
      await credentials.removeToken(id)
      const at = instantOf(clock.now())
      await record(
        { type: 'TokenRevoked', data: { userId: token.userId, tokenId: id } },
        actorOf(request),
        at,
      )
      return { id }
    },
  )
}
