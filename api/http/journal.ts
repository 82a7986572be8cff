import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { catalogue } from '#domain/catalogue.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import { journalPage } from '#projections/journal/queries.ts'
import { journalEntry, journalEntrySchema } from './journal-entry.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { logPage, logPageOf, logPagingSchema, positionFrom } from './paging.ts'
import { HttpProblem } from './problem.ts'

const instant = z.iso.datetime({ offset: true, error: 'an instant is ISO 8601, e.g. 2026-11-21T03:12:00Z' })

const asList = (given: unknown): unknown => (given === undefined ? undefined : [given].flat())

// Strict: a misspelt filter must not answer with everything.
const querySchema = z.strictObject({
  ...logPagingSchema.shape,
  ...momentShape,
  night: z.iso.date('a night is the date of its evening, e.g. 2026-11-20').optional(),
  type: z
    .preprocess(asList, z.array(z.enum([...catalogue.keys()])).optional())
    .describe('an event type; repeat it for several'),
  stream: z.string().min(1).optional(),
  actor: z
    .string()
    .regex(
      /^(agent|user|program|simulator):.+$/,
      'an actor is kind:id, e.g. agent:environment-monitor; kinds are agent, user, program, simulator',
    )
    .optional(),
  causation: z.uuid('the id of an event or a command').optional(),
  correlation: z.uuid('the id that began the affair').optional(),
  from: instant.optional().describe('occurred then or later'),
  to: instant.optional().describe('occurred then or earlier'),
  simulated: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
})

const utc = (text: string | undefined): string | undefined => text && new Date(text).toISOString()

const filterOf = ({ type, ...query }: z.output<typeof querySchema>) => {
  const [from, to] = [utc(query.from), utc(query.to)]
  if (from && to && from > to) {
    const detail = `querystring/from: ${from} is later than to, ${to}; exchange them.`
    throw new HttpProblem(400, 'invalid_range', 'The range is empty', detail)
  }
  return { ...query, types: type, from, to }
}

export const journalRoutes: FastifyPluginAsyncZod<{ readAt: ReadAt }> = async (app, { readAt }) => {
  app.get(
    '/api/journal',
    {
      config: { right: 'audit' },
      schema: {
        summary: 'Every event there is, of every type, without its data; all filters given must hold',
        tags: ['audit'],
        querystring: querySchema,
        response: { 200: logPageOf(journalEntrySchema) },
      },
    },
    ({ query }, reply) => {
      const { order, limit, cursor } = query
      const filter = filterOf(query)
      const beyond = cursor === undefined ? undefined : positionFrom(cursor)
      return readAt('journal', query, async (db) => {
        const rows = await journalPage(db, filter, { order, limit, beyond })
        const position = rows[0]?.position ?? (await readPosition(db, 'journal'))
        return reply.header('x-position', `${position}`).send(logPage(rows.map(journalEntry), limit))
      })
    },
  )
}
