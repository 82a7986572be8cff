import { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { nightParams } from '#api/http/nights.ts'
import { positionText } from '#api/http/paging.ts'
import { HttpProblem, problemSchema } from '#api/http/problem.ts'
import type { NightParts } from '#api/night/read-report.ts'
import { nextAt } from '#domain/shared/clock-time.ts'
import { nightSpan } from '#domain/shared/noon.ts'
import { nightEvents } from '#projections/journal/night-events.ts'
import { type Played, type ReplayItem, replay } from '#projections/journal/replay.ts'
import { serverSent, stillHere } from './server-sent.ts'

/** Each reads the log for itself, so there is an end to how many go at once. */
const mostReplays = 16
const idleMs = 15_000
const speedWords = 'a speed is 0.1 to 100000 seconds of the night to one of ours'

const querySchema = z.strictObject({
  speed: z.coerce.number(speedWords).min(0.1, speedWords).max(100_000, speedWords).default(60),
  at: z
    .string()
    .optional()
    .describe('where to begin: a UTC time of day in the night, e.g. 03:12, or an instant'),
  all: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('every event, not only those that change something'),
})

export const playedSchema = z.object({
  id: z.uuid(),
  type: z.string(),
  occurredAt: z.iso.datetime(),
  stream: z.string(),
  revision: z.string(),
  sentence: z.string(),
  changes: z.array(z.string()).describe('what it changes, a sentence each; empty for one more of many'),
})

export const beforeSchema = z.object({
  events: z.number().int().describe('how many were before the instant asked for'),
  last: playedSchema.nullable().describe('the last of them that changed something'),
})

/** What broke a stream that had begun. */
export const faultSchema = z.object({ detail: z.string() })

const shown = ({ event, changes, sentence }: Played): z.output<typeof playedSchema> => ({
  id: event.id,
  type: event.type,
  occurredAt: event.metadata.occurredAt,
  stream: event.stream,
  revision: `${event.revision}`,
  sentence,
  changes: [...changes],
})

const written = (item: ReplayItem): string => {
  switch (item.kind) {
    case 'event':
      return serverSent('event', shown(item.played), positionText(item.played.event.position))
    case 'before':
      return serverSent('before', { events: item.events, last: item.last && shown(item.last) })
    case 'idle':
      return stillHere
  }
}

const startIn = (at: string, night: string, timeZone: string): string => {
  const { begins, ends } = nightSpan(night, timeZone)
  const instant = nextAt(at, begins) ?? z.iso.datetime({ offset: true }).safeParse(at).data
  const utc = instant && new Date(instant).toISOString()
  if (utc && utc >= begins && utc <= ends) return utc
  const detail = `querystring/at: ${at} is no time of the night of ${night}, which goes from ${begins} to ${ends}; give a UTC time of day, e.g. 03:12, or an instant.`
  throw new HttpProblem(400, 'invalid_time', 'No such time in that night', detail)
}

async function* stream(items: AsyncIterable<ReplayItem>): AsyncGenerator<string> {
  try {
    for await (const item of items) yield written(item)
    yield serverSent('end', {}, 'end')
  } catch (error) {
    // Too late for another status: the stream says what broke it, and ends.
    yield serverSent('fault', { detail: error instanceof Error ? error.message : `${error}` }, 'end')
  }
}

export const replayRoutes: FastifyPluginAsyncZod<NightParts> = async (app, parts) => {
  let going = 0

  app.get(
    '/api/nights/:night/replay',
    {
      config: { right: 'audit' },
      schema: {
        summary: 'A night played in time as server-sent events: before, event, …, end. It only reads',
        tags: ['audit'],
        params: nightParams,
        querystring: querySchema,
        response: {
          200: z.unknown().describe('text/event-stream'),
          204: z.unknown().describe('to a browser that asks again after the end'),
          404: problemSchema,
          503: problemSchema,
        },
      },
    },
    async ({ params: { night }, query, headers }, reply) => {
      const { db, events, site, clock } = parts
      // A browser asks again when a stream ends; told 204, it stops.
      if (headers['last-event-id'] === 'end') return reply.code(204).send(undefined)
      const at = query.at === undefined ? undefined : startIn(query.at, night, site.timeZone)
      const recorded = await nightEvents({ db, events }, site.id, night)
      if (going >= mostReplays) {
        const detail = `${going} replays are going on; try again when one has ended.`
        throw new HttpProblem(503, 'too_many_replays', 'Too many replays', detail)
      }
      const gone = new AbortController()
      going += 1
      reply.raw.once('close', () => {
        going -= 1
        gone.abort()
      })
      const items = replay(recorded, { ...query, at, clock, idleMs }, gone.signal)
      reply.header('cache-control', 'no-store').type('text/event-stream')
      return reply.send(Readable.from(stream(items), { highWaterMark: 1 }))
    },
  )
}
