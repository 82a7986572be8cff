import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { commandHeaders, type EnvelopeParts, envelopeOf, tellHandled } from '#api/http/command-envelope.ts'
import { HttpProblem, problemSchema } from '#api/http/problem.ts'
import type { RecordOperation } from '#commands/operation/operations.ts'
import { readingSchema } from '#domain/environment/readings.ts'
import { eventIdOf } from '#domain/shared/ids.ts'

export type PlcRouteParts = EnvelopeParts & {
  readonly record: RecordOperation
  /** Asks the PLC for its status, on a line of its own; null where there is no PLC. */
  readonly askPlc:
    | (() => Promise<{
        address: string
        answer: z.output<typeof readingSchema> | null
        trouble: string | null
      }>)
    | null
  /** Makes the simulated PLC say that it rains; null where the PLC is real. */
  readonly pretendRain: ((rain: { rainMmH: number; forS: number }) => Promise<void>) | null
}

const alarmBody = z
  .strictObject({
    rainMmH: z.number().min(0).max(500).default(5).describe('0 ends an alarm'),
    forS: z.number().positive().max(3600).default(60),
    why: z.string().min(1).max(500).default('a fake alarm'),
  })
  .prefault({})

export const askedSchema = z.object({
  eventId: z.uuid().describe('it is on record'),
  address: z.string(),
  answer: readingSchema.nullable(),
  trouble: z.string().nullable().describe('why there is no answer'),
  tookMs: z.number().int(),
})

const tags = ['environment']

/** What people do about the PLC: ask it (W2), and make a simulated one raise an alarm (W3). */
export const plcRoutes: FastifyPluginAsyncZod<PlcRouteParts> = async (app, parts) => {
  const { record, askPlc, pretendRain, clock } = parts

  if (askPlc)
    app.post(
      '/api/environment/plc/status',
      {
        config: { right: 'operate' },
        schema: {
          summary: 'Asks the PLC for its status, beside the polls; the answer is shown and on record',
          tags,
          headers: commandHeaders,
          response: { 200: askedSchema },
        },
      },
      async (request, reply) => {
        const envelope = envelopeOf(request, parts)
        const beganMs = clock.now()
        const asked = await askPlc()
        const data = { ...asked, tookMs: Math.round(clock.now() - beganMs) }
        const handled = await record({ type: 'PlcStatusAsked', data }, envelope)
        tellHandled(reply, handled)
        // Repeated with the same key it is what came the first time.
        const [recorded] = handled.events
        const told = recorded?.type === 'PlcStatusAsked' ? recorded.data : data
        return { eventId: eventIdOf(envelope.commandId, 0), ...told }
      },
    )

  app.post(
    '/api/environment/fake-alarm',
    {
      config: { right: 'operate' },
      schema: {
        summary: 'A fake alarm: the simulated PLC says that it rains, and all that follows is simulated',
        tags,
        headers: commandHeaders,
        body: alarmBody.nullish(),
        response: {
          202: z.object({ eventId: z.uuid(), rainMmH: z.number(), forS: z.number() }),
          409: problemSchema,
          502: problemSchema,
        },
      },
    },
    async (request, reply) => {
      if (!pretendRain) {
        const detail = 'The PLC is a real one, and it does not rain there because somebody says so.'
        throw new HttpProblem(409, 'plc_is_real', 'No fake alarm here', detail)
      }
      const data = alarmBody.parse(request.body ?? {})
      const envelope = { ...envelopeOf(request, parts), simulated: true }
      const handled = await record({ type: 'FakeAlarmAsked', data }, envelope)
      const { rainMmH, forS } = data
      const rain = handled.already ? Promise.resolve() : pretendRain({ rainMmH, forS })
      await rain.catch((error: unknown) => {
        const why = error instanceof Error ? error.message : error
        const detail = `The simulated PLC does not do it: ${why}. System shows whether it runs.`
        throw new HttpProblem(502, 'plc_simulator_away', 'No rain', detail)
      })
      tellHandled(reply, handled)
      return reply.code(202).send({ eventId: eventIdOf(envelope.commandId, 0), rainMmH, forS })
    },
  )
}
