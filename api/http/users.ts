import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { isSelf, may } from '#api/auth/caller.ts'
import type { Person, PersonalData } from '#commands/people/personal-data.ts'
import { roleSchema } from '#domain/people/events.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import { usersIn } from '#projections/users/queries.ts'
import { etagOf } from './command-envelope.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { HttpProblem, problemSchema } from './problem.ts'

export const userSchema = z
  .object({
    id: z.string(),
    displayName: z
      .string()
      .nullable()
      .describe('null without the right personal, once erased, or while a registration is unfinished'),
    email: z.string().nullable(),
    country: z.string().nullable().describe('ISO 3166-1 alpha-2'),
    level: z.number().int().describe('caps the priority the user may ask for'),
    roles: z.array(roleSchema),
    registeredAt: z.iso.datetime(),
    erasedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'User' })

const params = z.object({ userId: z.string().max(200) })

/** Names are for those who may know them, and one's own. */
type Knows = (userId: string) => boolean

const knowsOf =
  (request: FastifyRequest): Knows =>
  (userId) =>
    may(request, 'personal') || isSelf(request, userId)

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

type Parts = { readonly readAt: ReadAt; readonly personalData: PersonalData }

const tags = ['people']

/** Reads: what the log knows of users, with the names it does not. */
export const userRoutes: FastifyPluginAsyncZod<Parts> = async (app, { readAt, personalData }) => {
  const withNames = async (rows: Row[], knows: Knows) => {
    const people = await personalData.of(rows.map(({ id }) => id).filter(knows))
    return rows.map((row) => userFrom(row, people.get(row.id)))
  }

  app.get(
    '/api/users',
    {
      config: { right: 'read' },
      schema: {
        summary: 'Users by id, with their names as they are today for those who may know them',
        tags,
        querystring: z.object({ role: roleSchema.optional(), ...momentShape }),
        response: { 200: z.object({ items: z.array(userSchema) }) },
      },
    },
    (request, reply) =>
      readAt('users', request.query, async (db) => {
        const rows = await usersIn(db, { role: request.query.role })
        const position = rows[0]?.position ?? (await readPosition(db, 'users'))
        return reply
          .header('x-position', `${position}`)
          .send({ items: await withNames(rows, knowsOf(request)) })
      }),
  )
  app.get(
    '/api/users/:userId',
    {
      config: { right: 'read' },
      schema: {
        summary: 'A user',
        tags,
        params,
        querystring: z.object(momentShape),
        response: { 200: userSchema, 404: problemSchema },
      },
    },
    (request, reply) =>
      readAt('users', request.query, async (db) => {
        const { userId } = request.params
        const rows = await usersIn(db, { id: userId })
        const [user] = await withNames(rows, knowsOf(request))
        if (!user || !rows[0])
          throw new HttpProblem(404, 'user_unknown', 'No such user', `There is no user ${userId}.`)
        const { revision, position } = rows[0]
        return reply.header('etag', etagOf(revision)).header('x-position', `${position}`).send(user)
      }),
  )
}
