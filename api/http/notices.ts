import type { FastifyError } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { NoticeSink } from '#commands/alerts/sources/notice-sink.ts'
import { StoreUnavailable } from '#commands/event-store.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { instantOf } from '#domain/shared/time.ts'
import { HttpProblem, problemSchema } from './problem.ts'

const maxNoticeBytes = 4 * 1024 * 1024
const mediaTypes = ['application/xml', 'text/xml', 'application/x-voevent+xml', 'application/json']

const receivedSchema = z
  .object({
    id: z.uuid().describe('of the event that keeps the notice'),
    outcome: z
      .enum(['recorded', 'duplicate', 'conflict', 'quarantined'])
      .describe('quarantined: kept as it came, but it cannot be read; conflict: its name was there already'),
    detail: z.string().nullable().describe('why it was set aside'),
  })
  .meta({ id: 'NoticeReceipt' })

const problemFor = (error: FastifyError): unknown => {
  if (error.statusCode === 413)
    return new HttpProblem(
      413,
      'notice_too_large',
      'Too large',
      `A notice has ${maxNoticeBytes} bytes at most.`,
    )
  if (error.statusCode === 415)
    return new HttpProblem(
      415,
      'media_type_unknown',
      'Not a notice',
      `A notice is VOEvent XML or GCN's JSON: content-type is one of ${mediaTypes.join(', ')}.`,
    )
  if (error instanceof StoreUnavailable)
    return new HttpProblem(
      503,
      'log_unavailable',
      'The log is away',
      'Nothing was kept; send it again in a moment.',
    )
  return error
}

/** Takes notices from relays: VOEvent XML or JSON, kept byte for byte before they are judged. */
export const noticeRoutes: FastifyPluginAsyncZod<{ sink: NoticeSink; clock: Clock }> = async (
  app,
  { sink, clock },
) => {
  // The bytes as they came are what is recorded: nothing may parse them on the way.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(mediaTypes, { parseAs: 'buffer', bodyLimit: maxNoticeBytes }, (_, body, done) =>
    done(null, body),
  )
  app.setErrorHandler((error: FastifyError) => {
    throw problemFor(error)
  })

  app.post(
    '/api/alerts/notices',
    {
      config: { right: 'operate' },
      schema: {
        summary: 'Take in a notice: VOEvent XML or JSON, answered once it is on record',
        tags: ['alerts'],
        consumes: mediaTypes,
        response: {
          202: receivedSchema,
          400: problemSchema,
          413: problemSchema,
          415: problemSchema,
          503: problemSchema,
        },
      },
    },
    async ({ body, ip }, reply) => {
      if (!Buffer.isBuffer(body) || body.length === 0)
        throw new HttpProblem(400, 'notice_empty', 'No notice', 'The body is the notice; there is none.')
      const source = { kind: 'api', address: ip } as const
      const {
        eventId: id,
        outcome,
        detail,
      } = await sink({
        raw: body,
        source,
        receivedAt: instantOf(clock.now()),
      })
      return reply.code(202).header('location', `/api/events/${id}`).send({ id, outcome, detail })
    },
  )
}
