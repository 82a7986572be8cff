import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { drillNotice } from '#adapters/voevent/drill-notice.ts'
import type { ReceiveNotice } from '#commands/alerts/receive-notice.ts'
import { strategyHandler } from '#commands/alerts/strategy-handler.ts'
import { triggerHandler } from '#commands/alerts/trigger-handler.ts'
import { type EventStore, StoreUnavailable } from '#commands/event-store.ts'
import { strategySchema } from '#domain/alerts/strategy.ts'
import { triggerKey } from '#domain/alerts/streams.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position } from '#domain/shared/event.ts'
import type { Site } from '#domain/shared/site.ts'
import { alertOf } from '#projections/alerts/queries.ts'
import type { ReadModels } from '#projections/read-database.ts'
import { commandHeaders, envelopeOf } from './command-envelope.ts'
import { HttpProblem, problemSchema } from './problem.ts'

export type AlertCommandParts = {
  readonly db: ReadModels
  readonly store: EventStore
  readonly receive: ReceiveNotice
  readonly clock: Clock
  readonly site: Site
}

/** A store that is away is no defect of ours, and trying again is safe. */
const whenStored = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    const detail = 'The event store does not answer just now; send the same again in a moment.'
    throw new HttpProblem(503, 'log_unavailable', 'The log is away', detail)
  }
}

const positionText = (position: Position | null): string => (position ? `${position.commit}` : '0')

const cancelSchema = z.strictObject({ why: z.string().min(1).max(500).default('cancelled by hand') })

const fakeSchema = z.strictObject({
  raDeg: z.number().min(0).lt(360).describe('° J2000'),
  decDeg: z.number().min(-90).max(90).describe('° J2000'),
  errorDeg: z.number().positive().max(180).default(0.05).describe('°, 90 % radius'),
  eventAt: z.iso.datetime({ offset: true }).optional().describe('when it happened; now when left out'),
})

const strategyAnswer = z.object({ name: z.string(), strategyVersion: z.number().int().nullable() })

/** What people do about alerts; each is on record before it is answered. */
export const alertCommandRoutes: FastifyPluginAsyncZod<AlertCommandParts> = async (
  app,
  { db, store, receive, clock, site },
) => {
  // What is looked at before an alert is judged has no revision.
  const headers = commandHeaders.omit({ 'if-match': true })
  const trigger = triggerHandler(store, site.id)
  const strategy = strategyHandler(store, site.id)

  app.post(
    '/api/alerts/:trigger/cancel',
    {
      config: { right: 'operate' },
      schema: {
        summary: 'Takes an alert off: its request is withdrawn, and what runs of it ends',
        tags: ['alerts'],
        headers,
        params: z.object({ trigger: z.string() }),
        body: cancelSchema.prefault({}),
        response: {
          202: z.object({ trigger: z.string(), cancelled: z.boolean() }),
          404: problemSchema,
          422: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const found = await alertOf(db, request.params.trigger)
      if (!found) {
        const detail = `No trigger is called ${request.params.trigger}; /api/alerts lists them.`
        throw new HttpProblem(404, 'alert_unknown', 'No such alert', detail)
      }
      const { mission, trigger_id: triggerId } = found.alert
      const envelope = envelopeOf(request, { clock, site })
      const command = {
        type: 'CancelAlert',
        mission,
        triggerId,
        at: envelope.at,
        why: request.body.why,
      } as const
      const { events, position } = await whenStored(trigger(command, envelope))
      const key = triggerKey(mission, triggerId)
      return reply
        .code(202)
        .header('location', `/api/alerts/${encodeURIComponent(key)}`)
        .header('x-position', positionText(position))
        .send({ trigger: key, cancelled: events.length > 0 })
    },
  )

  app.post(
    '/api/alerts/fake',
    {
      config: { right: 'operate' },
      schema: {
        summary: 'A fake alert: goes the way of a real one, and only simulated devices act on it',
        tags: ['alerts'],
        headers,
        body: fakeSchema,
        response: { 202: z.object({ trigger: z.string(), notice: z.string(), eventId: z.string() }) },
      },
    },
    async (request, reply) => {
      const { commandId, at, actor } = envelopeOf(request, { clock, site })
      const { eventAt = at, ...place } = request.body
      const id = commandId.slice(0, 18)
      const raw = drillNotice({ id, ...place, eventAt: new Date(eventAt).toISOString(), issuedAt: at })
      const source = { kind: 'api', address: request.ip } as const
      const receipt = await whenStored(receive({ raw, source, receivedAt: at, simulated: true, actor }))
      const key = triggerKey('drill', id)
      return reply
        .code(202)
        .header('location', `/api/alerts/${key}`)
        .header('x-position', positionText(receipt.position))
        .send({ trigger: key, notice: receipt.name, eventId: receipt.eventId })
    },
  )

  app.post(
    '/api/alerts/strategies',
    {
      config: { right: 'admin' },
      schema: {
        summary: 'Adopts a strategy: the next notice is judged by it',
        tags: ['alerts'],
        headers,
        body: strategySchema,
        response: { 201: strategyAnswer, 422: problemSchema },
      },
    },
    async (request, reply) => {
      const envelope = envelopeOf(request, { clock, site })
      const command = { type: 'AdoptStrategy', strategy: request.body, at: envelope.at } as const
      const { events, position } = await whenStored(strategy(command, envelope))
      const strategyVersion = events[0]?.data.strategyVersion ?? null
      return reply
        .code(201)
        .header('x-position', positionText(position))
        .send({ name: request.body.name, strategyVersion })
    },
  )
}
