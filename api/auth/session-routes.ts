import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { HttpProblem, problemSchema } from '#api/http/problem.ts'
import type { Accounts } from './accounts.ts'
import { type Caller, isSelf, nobody } from './caller.ts'
import { dropCookie, setCookie } from './cookie.ts'
import { becomeFirstAdmin } from './first-admin.ts'
import { checkOrigin } from './same-origin.ts'
import { setPassword } from './set-password.ts'
import { firstAdminSchema, ownPasswordSchema, sessionSchema, signInSchema } from './shapes.ts'
import { type SignedIn, signIn } from './sign-in.ts'

type Parts = { readonly accounts: Accounts; readonly demo: boolean }

const tags = ['people']

/** Whoever sends them may be anybody. */
const bodyLimit = 8 * 1024
const problems = { 401: problemSchema, 403: problemSchema, 429: problemSchema }

export const sessionRoutes: FastifyPluginAsyncZod<Parts> = async (app, { accounts, demo }) => {
  const shown = async ({ user, rights, expiresAt }: Caller): Promise<z.output<typeof sessionSchema>> => {
    const person = user === null ? undefined : (await accounts.personalData.of([user])).get(user)
    return {
      user,
      name: person?.displayName ?? null,
      roles: user === null ? [] : [...(accounts.directory.user(user)?.roles ?? [])],
      demo,
      firstAdmin: !(await accounts.credentials.anyPassword()),
      may: [...rights],
      expiresAt: expiresAt ?? null,
    }
  }
  const letIn = (request: FastifyRequest, reply: FastifyReply, { secret, caller }: SignedIn) => {
    setCookie(request, reply, secret)
    return shown(caller)
  }
  // What a browser kept of it says nothing about the next one.
  app.addHook('onSend', async (_, reply) => void reply.header('cache-control', 'no-store'))

  app.get(
    '/api/session',
    {
      config: { right: 'anyone' },
      schema: {
        summary: 'Who you are here and what you may do; nobody is an answer, too',
        tags,
        response: { 200: sessionSchema },
      },
    },
    ({ caller }) => shown(caller),
  )
  app.post(
    '/api/session',
    {
      config: { right: 'anyone' },
      bodyLimit,
      schema: {
        summary: 'Sign in by password; the session is a cookie',
        tags,
        body: signInSchema,
        response: { 200: sessionSchema, ...problems },
      },
    },
    async (request, reply) => {
      checkOrigin(request)
      return letIn(request, reply, await signIn(accounts, { ...request.body, address: request.ip }))
    },
  )
  app.delete(
    '/api/session',
    {
      config: { right: 'anyone' },
      schema: { summary: 'Sign out', tags, response: { 200: sessionSchema } },
    },
    async (request, reply) => {
      const { key } = request.caller
      if (key) await accounts.credentials.endSession(key)
      dropCookie(request, reply)
      return shown(nobody)
    },
  )
  app.post(
    '/api/session/first-admin',
    {
      config: { right: 'anyone' },
      bodyLimit,
      schema: {
        summary: 'While nobody can sign in: the first admin, by the code that the start printed',
        tags,
        body: firstAdminSchema,
        response: { 200: sessionSchema, ...problems, 409: problemSchema },
      },
    },
    async (request, reply) => {
      checkOrigin(request)
      return letIn(request, reply, await becomeFirstAdmin(accounts, request.body))
    },
  )
  app.put(
    '/api/session/password',
    {
      config: { right: 'signed-in' },
      schema: {
        summary:
          'Another password of your own; everything signed in with the old one is signed out, but this',
        tags,
        body: ownPasswordSchema,
        response: { 200: sessionSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { old, password } = request.body
      const { user } = request.caller
      if (user === null || !isSelf(request, user)) {
        const detail = 'Only who signed in by password has one to change; `noctuary user password` sets one.'
        throw new HttpProblem(403, 'session_needed', 'No session', detail)
      }
      await signIn(accounts, { user, password: old, address: request.ip })
      await setPassword(accounts, user, password, { kind: 'user', id: user })
      return letIn(request, reply, await signIn(accounts, { user, password, address: request.ip }))
    },
  )
}
