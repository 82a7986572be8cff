import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Person, PersonalData } from '#commands/people/personal-data.ts'
import type { UserCommands } from '#commands/people/users.ts'
import { roleSchema } from '#domain/people/events.ts'
import { countrySchema, personIdSchema } from '#domain/people/ids.ts'
import { uuidFrom } from '#domain/shared/ids.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import { usersIn } from '#projections/users/queries.ts'
import { commandHeaders, type EnvelopeParts, envelopeOf, etagOf, tellHandled } from './command-envelope.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { HttpProblem, problemSchema } from './problem.ts'

const displayName = z.string().trim().min(1, 'a name is not empty').max(200)
const email = z.email('an e-mail address is like ana@example.org').max(254)

export const userSchema = z
  .object({
    id: z.string(),
    displayName: z.string().nullable().describe('null once erased, or while a registration is unfinished'),
    email: z.string().nullable(),
    country: z.string().nullable().describe('ISO 3166-1 alpha-2'),
    level: z.number().int().describe('caps the priority the user may ask for'),
    roles: z.array(roleSchema),
    registeredAt: z.iso.datetime(),
    erasedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'User' })

export const registrationSchema = z.strictObject({
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

type Row = Awaited<ReturnType<typeof usersIn>>[number]

const userFrom = (row: Row, person: Person | undefined) => ({
  id: row.id,
  displayName: person?.displayName ?? null,
  email: person?.email ?? null,
  country: row.country,
  level: row.level,
  roles: row.roles.map((role) => roleSchema.parse(role)),
  registeredAt: row.registered_at,
  erasedAt: row.erased_at,
})

export type UserRoutesParts = EnvelopeParts & {
  readonly readAt: ReadAt
  readonly users: UserCommands
  readonly personalData: PersonalData
}

const tags = ['people']

const readRoutes: FastifyPluginAsyncZod<UserRoutesParts> = async (app, { readAt, personalData }) => {
  const withNames = async (rows: Row[]) => {
    const people = await personalData.of(rows.map(({ id }) => id))
    return rows.map((row) => userFrom(row, people.get(row.id)))
  }

  app.get(
    '/api/users',
    {
      schema: {
        summary: 'Users by id, with their names as they are today',
        tags,
        querystring: z.object({ role: roleSchema.optional(), ...momentShape }),
        response: { 200: z.object({ items: z.array(userSchema) }) },
      },
    },
    ({ query }, reply) =>
      readAt('users', query, async (db) => {
        const rows = await usersIn(db, { role: query.role })
        const position = rows[0]?.position ?? (await readPosition(db, 'users'))
        return reply.header('x-position', `${position}`).send({ items: await withNames(rows) })
      }),
  )
  app.get(
    '/api/users/:userId',
    {
      schema: {
        summary: 'A user',
        tags,
        params,
        querystring: z.object(momentShape),
        response: { 200: userSchema, 404: problemSchema },
      },
    },
    ({ params: { userId }, query }, reply) =>
      readAt('users', query, async (db) => {
        const rows = await usersIn(db, { id: userId })
        const [user] = await withNames(rows)
        if (!user || !rows[0])
          throw new HttpProblem(404, 'user_unknown', 'No such user', `There is no user ${userId}.`)
        const { revision, position } = rows[0]
        return reply.header('etag', etagOf(revision)).header('x-position', `${position}`).send(user)
      }),
  )
}

const writeRoutes: FastifyPluginAsyncZod<UserRoutesParts> = async (app, parts) => {
  const { users } = parts
  const headers = commandHeaders

  app.post(
    '/api/users',
    {
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
      const envelope = envelopeOf(request, parts)
      const userId = id ?? `u-${uuidFrom('user', envelope.commandId).slice(0, 8)}`
      const command = { type: 'RegisterUser', userId, at: envelope.at, ...facts } as const
      tellHandled(reply, await users.register(command, { displayName, email }, envelope))
      return reply.code(201).header('location', `/api/users/${userId}`).send({ id: userId })
    },
  )
  app.put(
    '/api/users/:userId/profile',
    {
      schema: {
        summary: 'Another name and address; nothing of it goes into the log',
        tags,
        params,
        body: z.strictObject({ displayName, email }),
        response: { 200: idAnswer, 404: problemSchema, 409: problemSchema },
      },
    },
    async ({ params: { userId }, body }) => {
      await users.changeProfile(userId, body)
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

export const userRoutes: FastifyPluginAsyncZod<UserRoutesParts> = async (app, parts) => {
  await readRoutes(app, parts)
  await writeRoutes(app, parts)
}
