import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { GrantQuotaCommand } from '#commands/quotas/grant-quota.ts'
import { countrySchema, personIdSchema } from '#domain/people/ids.ts'
import { accountSchema } from '#domain/requests/quotas/events.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import { accountsIn, entriesOf } from '#projections/quotas/queries.ts'
import { commandHeaders, type EnvelopeParts, envelopeOf, tellHandled } from './command-envelope.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { page, pageOf, pagingSchema } from './paging.ts'
import { problemSchema } from './problem.ts'

const { level } = accountSchema.shape
const period = z
  .string()
  .regex(/^\d{4}[AB]$/, 'a period is a semester: 2026A (February to July) or 2026B (August to January)')
const seconds = z.number().describe('seconds')

export const quotaAccountSchema = z
  .object({
    period,
    level,
    id: z.string(),
    grantedS: seconds,
    reservedS: seconds.describe('seconds that placed sequences hold'),
    spentS: seconds,
    refundedS: seconds.describe('seconds observed too little of to be charged'),
    leftS: seconds
      .nullable()
      .describe('granted − reserved − spent; null, without a limit, when nothing was granted'),
  })
  .meta({ id: 'QuotaAccount' })

const entrySchema = z
  .object({
    id: z.number().int().describe('counts the entries of the period from 1'),
    kind: z.enum(['granted', 'reserved', 'released', 'spent']),
    sequenceId: z.string().nullable(),
    attempt: z.number().int().nullable(),
    why: z.string().nullable(),
    grantedS: seconds,
    reservedS: seconds.describe('negative when it ends a reservation'),
    spentS: seconds,
    refundedS: seconds,
    night: z.iso.date(),
    enteredAt: z.iso.datetime(),
    eventId: z.string().describe('the event, for /api/events/:id/why'),
  })
  .meta({ id: 'QuotaEntry' })

const shared = { period, seconds: z.number().positive().max(1e9), why: z.string().trim().min(1).max(500) }
const grantSchema = z.discriminatedUnion('level', [
  z.strictObject({ level: z.literal('user'), id: personIdSchema, ...shared }),
  z.strictObject({ level: z.literal('programme'), id: personIdSchema, ...shared }),
  z.strictObject({ level: z.literal('country'), id: countrySchema, ...shared }),
])

type AccountRow = Awaited<ReturnType<typeof accountsIn>>[number]
type EntryRow = Awaited<ReturnType<typeof entriesOf>>[number]

const accountFrom = (row: AccountRow) => ({
  period: row.period,
  level: level.parse(row.level),
  id: row.account_id,
  grantedS: row.granted_s,
  reservedS: row.reserved_s,
  spentS: row.spent_s,
  refundedS: row.refunded_s,
  leftS: row.granted_s === 0 ? null : row.granted_s - row.reserved_s - row.spent_s,
})

const entryFrom = (row: EntryRow) => ({
  id: row.id,
  kind: entrySchema.shape.kind.parse(row.kind),
  sequenceId: row.sequence_id,
  attempt: row.attempt,
  why: row.why,
  grantedS: row.granted_ms / 1000,
  reservedS: row.reserved_ms / 1000,
  spentS: row.spent_ms / 1000,
  refundedS: row.refunded_ms / 1000,
  night: row.night,
  enteredAt: row.entered_at,
  eventId: row.event_id,
})

export type QuotaRoutesParts = EnvelopeParts & {
  readonly readAt: ReadAt
  readonly grant: GrantQuotaCommand
}

const tags = ['people']

export const quotaRoutes: FastifyPluginAsyncZod<QuotaRoutesParts> = async (app, parts) => {
  const { readAt, grant } = parts
  app.get(
    '/api/quotas',
    {
      config: { right: 'read' },
      schema: {
        summary: 'What users, countries and programmes were granted, hold and have spent',
        tags,
        querystring: z.object({
          period: period.optional(),
          level: level.optional(),
          id: z.string().max(200).optional(),
          ...momentShape,
        }),
        response: { 200: z.object({ items: z.array(quotaAccountSchema) }) },
      },
    },
    ({ query }, reply) =>
      readAt('quotas', query, async (db) => {
        const rows = await accountsIn(db, query)
        const position = rows[0]?.position ?? (await readPosition(db, 'quotas'))
        return reply.header('x-position', `${position}`).send({ items: rows.map(accountFrom) })
      }),
  )
  app.get(
    '/api/quotas/:period/:level/:id',
    {
      config: { right: 'read' },
      schema: {
        summary: 'The entries of one account, newest first',
        tags,
        params: z.object({ period, level, id: z.string().max(200) }),
        querystring: pagingSchema.extend(momentShape),
        response: { 200: pageOf(entrySchema) },
      },
    },
    ({ params, query }, reply) =>
      readAt('quotas', query, async (db) => {
        const rows = await entriesOf(db, params, query)
        const position = rows[0]?.position ?? (await readPosition(db, 'quotas'))
        return reply.header('x-position', `${position}`).send(page(rows.map(entryFrom), query.limit))
      }),
  )
  app.post(
    '/api/quotas',
    {
      config: { right: 'admin' },
      schema: {
        summary: 'Grant time to a user, a country or a programme; grants add up',
        tags,
        headers: commandHeaders.omit({ 'if-match': true }),
        body: grantSchema,
        response: { 201: z.object({ account: accountSchema }), 422: problemSchema },
      },
    },
    async (request, reply) => {
      const { level, id, period, seconds, why } = request.body
      const account = { level, id, period }
      const { ifRevision: _, ...envelope } = envelopeOf(request, parts)
      tellHandled(
        reply,
        await grant({ type: 'GrantQuota', account, seconds, why, at: envelope.at }, envelope),
      )
      return reply.code(201).header('location', `/api/quotas/${period}/${level}/${id}`).send({ account })
    },
  )
}
