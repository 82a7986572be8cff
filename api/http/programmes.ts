import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readPosition } from '#projections/engine/position-of.ts'
import { programmesIn } from '#projections/programmes/queries.ts'
import { etagOf } from './command-envelope.ts'
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

const params = z.object({ programmeId: z.string().max(200) })

type Row = Awaited<ReturnType<typeof programmesIn>>[number]

const programmeFrom = (row: Row) => ({
  id: row.id,
  title: row.title,
  leaderId: row.leader_id,
  memberIds: z.array(z.string()).parse(row.member_ids),
  openedAt: row.opened_at,
  closedAt: row.closed_at,
})

const tags = ['people']

export const programmeRoutes: FastifyPluginAsyncZod<{ readAt: ReadAt }> = async (app, { readAt }) => {
  app.get(
    '/api/programmes',
    {
      config: { right: 'read' },
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
      config: { right: 'read' },
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
