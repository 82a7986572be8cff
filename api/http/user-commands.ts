import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { isSelf, may } from '#api/auth/caller.ts'
import type { UserCommands } from '#commands/people/users.ts'
import { roleSchema } from '#domain/people/events.ts'
import { countrySchema, personIdSchema } from '#domain/people/ids.ts'
import { uuidFrom } from '#domain/shared/ids.ts'
import { commandHeaders, type EnvelopeParts, envelopeOf, tellHandled } from './command-envelope.ts'
import { HttpProblem, problemSchema } from './problem.ts'

const displayName = z.string().trim().min(1, 'a name is not empty').max(200)
const email = z.email('an e-mail address is like ana@example.org').max(254)

const registrationSchema = z.strictObject({
  id: personIdSchema.optional().describe('made up when left out; stands in the log for ever, so no name'),
  displayName,
  email,
  country: countrySchema.nullable().default(null),
  level: z.int().min(0).max(100).default(0),
  roles: z.array(roleSchema).default(['observer']),
})

const params = z.object({ userId: z.string().max(200) })
const roleParams = params.extend({ role: roleSchema })
const idAnswer = z.object({ id: z.string() })
const tags = ['people']

type Parts = EnvelopeParts & { readonly users: UserCommands }

export const userCommandRoutes: FastifyPluginAsyncZod<Parts> = async (app, parts) => {
  const { users } = parts
  const headers = commandHeaders

  app.post(
    '/api/users',
    {
      config: { right: 'admin' },
      schema: {
        summary: 'Register a user; repeating it mends one that was cut short',
        tags,
        headers,
        body: registrationSchema,
        response: { 201: idAnswer, 409: problemSchema },
      },
    },
    async (request, reply) => {
      const { id, displayName, email, ...facts } = request.body
      // The log may keep a digest of the facts, never one that a name can be guessed from.
      const envelope = envelopeOf(request, parts, facts)
      const userId = id ?? `u-${uuidFrom('user', envelope.commandId).slice(0, 8)}`
      const command = { type: 'RegisterUser', userId, at: envelope.at, ...facts } as const
      tellHandled(reply, await users.register(command, { displayName, email }, envelope))
      return reply.code(201).header('location', `/api/users/${userId}`).send({ id: userId })
    },
  )
  app.put(
    '/api/users/:userId/profile',
    {
      config: { right: 'signed-in' },
      schema: {
        summary: 'Another name and address; nothing of it goes into the log',
        tags,
        params,
        body: z.strictObject({ displayName, email }),
        response: { 200: idAnswer, 404: problemSchema, 409: problemSchema },
      },
    },
    async (request) => {
      const { userId } = request.params
      if (!isSelf(request, userId) && !may(request, 'admin')) {
        const detail = `Only ${userId} and those with the right admin may change that.`
        throw new HttpProblem(403, 'not_yours', 'Not yours', detail)
      }
      await users.changeProfile(userId, request.body)
      return { id: userId }
    },
  )
  for (const [method, type, summary] of [
    ['PUT', 'GrantRole', 'Give a user a role'],
    ['DELETE', 'RevokeRole', 'Take a role from a user'],
  ] as const)
    app.route({
      method,
      url: '/api/users/:userId/roles/:role',
      config: { right: 'admin' },
      schema: {
        summary,
        tags,
        headers,
        params: roleParams,
        response: { 200: idAnswer, 404: problemSchema, 409: problemSchema, 412: problemSchema },
      },
      handler: async (request, reply) => {
        const { userId, role } = roleParams.parse(request.params)
        const envelope = envelopeOf(request, parts)
        tellHandled(reply, await users.handle({ type, userId, role, at: envelope.at }, envelope))
        return reply.send({ id: userId })
      },
    })
  app.delete(
    '/api/users/:userId',
    {
      config: { right: 'admin' },
      schema: {
        summary: 'Erase a user: name and address are gone for good, the log keeps the id',
        tags,
        headers,
        params,
        response: { 200: idAnswer, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { userId } = request.params
      tellHandled(reply, await users.erase(userId, envelopeOf(request, parts)))
      return reply.send({ id: userId })
    },
  )
}
