import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ProgrammeCommands } from '#commands/people/programmes.ts'
import { personIdSchema } from '#domain/people/ids.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import { programmesIn } from '#projections/programmes/queries.ts'
import { commandHeaders, type EnvelopeParts, envelopeOf, etagOf, tellHandled } from './command-envelope.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { HttpProblem, problemSchema } from './problem.ts'

export const programmeSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    leaderId: z.string(),
    memberIds: z.array(z.string()).describe('the leader among them'),
    openedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Programme' })

const membersShape = { leaderId: personIdSchema, memberIds: z.array(personIdSchema).max(1000).default([]) }
const membersSchema = z.strictObject(membersShape)
const openingSchema = z.strictObject({
  id: personIdSchema,
  title: z.string().trim().min(1, 'a title is not empty').max(500),
  ...membersShape,
})

const params = z.object({ programmeId: z.string().max(200) })
const idAnswer = z.object({ id: z.string() })
const refusals = { 404: problemSchema, 409: problemSchema, 412: problemSchema, 422: problemSchema }

type Row = Awaited<ReturnType<typeof programmesIn>>[number]

const programmeFrom = (row: Row) => ({
  id: row.id,
  title: row.title,
  leaderId: row.leader_id,
  memberIds: z.array(z.string()).parse(row.member_ids),
  openedAt: row.opened_at,
  closedAt: row.closed_at,
})

export type ProgrammeRoutesParts = EnvelopeParts & {
  readonly readAt: ReadAt
  readonly programmes: ProgrammeCommands
}

const tags = ['people']

const readRoutes: FastifyPluginAsyncZod<ProgrammeRoutesParts> = async (app, { readAt }) => {
  app.get(
    '/api/programmes',
    {
      schema: {
        summary: 'Scientific programmes by id',
        tags,
        querystring: z.object(momentShape),
        response: { 200: z.object({ items: z.array(programmeSchema) }) },
      },
    },
    ({ query }, reply) =>
      readAt('programmes', query, async (db) => {
        const rows = await programmesIn(db)
        const position = rows[0]?.position ?? (await readPosition(db, 'programmes'))
        return reply.header('x-position', `${position}`).send({ items: rows.map(programmeFrom) })
      }),
  )
  app.get(
    '/api/programmes/:programmeId',
    {
      schema: {
        summary: 'A scientific programme',
        tags,
        params,
        querystring: z.object(momentShape),
        response: { 200: programmeSchema, 404: problemSchema },
      },
    },
    ({ params: { programmeId: id }, query }, reply) =>
      readAt('programmes', query, async (db) => {
        const [row] = await programmesIn(db, id)
        if (!row)
          throw new HttpProblem(404, 'programme_unknown', 'No such programme', `There is no programme ${id}.`)
        return reply
          .header('etag', etagOf(row.revision))
          .header('x-position', `${row.position}`)
          .send(programmeFrom(row))
      }),
  )
}

const writeRoutes: FastifyPluginAsyncZod<ProgrammeRoutesParts> = async (app, parts) => {
  const { programmes } = parts
  const headers = commandHeaders

  app.post(
    '/api/programmes',
    {
      schema: {
        summary: 'Open a programme; its leader and members are users',
        tags,
        headers,
        body: openingSchema,
        response: { 201: idAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { id: programmeId, ...about } = request.body
      const envelope = envelopeOf(request, parts)
      const command = { type: 'OpenProgramme', programmeId, at: envelope.at, ...about } as const
      tellHandled(reply, await programmes(command, envelope))
      return reply.code(201).header('location', `/api/programmes/${programmeId}`).send({ id: programmeId })
    },
  )
  app.put(
    '/api/programmes/:programmeId/members',
    {
      schema: {
        summary: 'Say who leads a programme and who is in it, all of them',
        tags,
        headers,
        params,
        body: membersSchema,
        response: { 200: idAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { programmeId } = request.params
      const envelope = envelopeOf(request, parts)
      const command = { type: 'NameMembers', programmeId, at: envelope.at, ...request.body } as const
      tellHandled(reply, await programmes(command, envelope))
      return reply.send({ id: programmeId })
    },
  )
  app.post(
    '/api/programmes/:programmeId/close',
    {
      schema: {
        summary: 'Close a programme',
        tags,
        headers,
        params,
        response: { 200: idAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { programmeId } = request.params
      const envelope = envelopeOf(request, parts)
      const command = { type: 'CloseProgramme', programmeId, at: envelope.at } as const
      tellHandled(reply, await programmes(command, envelope))
      return reply.send({ id: programmeId })
    },
  )
}

export const programmeRoutes: FastifyPluginAsyncZod<ProgrammeRoutesParts> = async (app, parts) => {
  await readRoutes(app, parts)
  await writeRoutes(app, parts)
}
