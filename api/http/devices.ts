import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CommandRefused } from '#commands/command-refused.ts'
import type { DeviceOrder, RequestedCommand } from '#commands/devices/request-command.ts'
import type { Envelope } from '#commands/handle.ts'
import { capabilities } from '#domain/devices/capabilities.ts'
import { type DeviceName, deviceNameSchema } from '#domain/devices/events.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Site } from '#domain/shared/site.ts'
import { deviceCommand, deviceHistory, devicesOf } from '#projections/devices/queries.ts'
import type { ReadModels } from '#projections/read-database.ts'
import { commandHeaders, envelopeOf } from './command-envelope.ts'
import { alarmSchema, commandSchema, deviceSchema, shownCommand, shownDevices } from './device-shape.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { HttpProblem, problemSchema } from './problem.ts'
import { promisedCode } from './problem-codes.ts'

export type DeviceRoutesParts = {
  readonly readAt: ReadAt
  readonly site: Site
  readonly clock: Clock
  /** Without it devices are only shown. */
  readonly order?: (order: DeviceOrder, envelope: Envelope) => Promise<RequestedCommand>
}

const bodySchema = z.strictObject({
  name: z.string().describe('one of the device’s commands'),
  parameters: z.record(z.string(), z.unknown()).default({}),
  patienceS: z.number().positive().max(7200).optional().describe('how long it may take'),
})

const params = z.object({ name: deviceNameSchema })
const tags = ['devices']
const isOver = (state: string) => state !== 'requested' && state !== 'agreed'

/** Between two looks at a command that somebody waits for. */
const lookMs = 100

export const deviceRoutes: FastifyPluginAsyncZod<DeviceRoutesParts> = async (
  app,
  { readAt, site, clock, order },
) => {
  app.get(
    '/api/devices',
    {
      config: { right: 'read' },
      schema: {
        summary: 'Every device: line, status, faults',
        tags,
        querystring: z.object(momentShape),
        response: { 200: z.object({ items: z.array(deviceSchema) }) },
      },
    },
    ({ query }, reply) =>
      readAt('devices', query, async (db) => {
        const found = await devicesOf(db, site.id)
        return reply.header('x-position', `${found.position}`).send({ items: shownDevices(found) })
      }),
  )

  app.get(
    '/api/devices/:name',
    {
      config: { right: 'read' },
      schema: {
        summary: 'One device, its commands, what it was told of late, and its alarms',
        tags,
        params,
        querystring: z.object(momentShape),
        response: {
          200: deviceSchema.extend({
            capabilities: z.array(z.string()),
            commands: z.array(commandSchema),
            alarms: z.array(alarmSchema),
          }),
        },
      },
    },
    ({ params: { name }, query }, reply) =>
      readAt('devices', query, async (db) => {
        const found = await devicesOf(db, site.id)
        const { commands, alarms } = await deviceHistory(db, site.id, name)
        const [device] = shownDevices(found).filter((each) => each.device === name)
        if (!device) throw new HttpProblem(404, 'device_unknown', 'No such device', `There is no ${name}.`)
        return reply.header('x-position', `${found.position}`).send({
          ...device,
          capabilities: Object.keys(capabilities[name].commands),
          commands: commands.map(shownCommand),
          alarms,
        })
      }),
  )

  const commandIn = async (db: ReadModels, device: DeviceName, id: string) => {
    const row = await deviceCommand(db, id)
    return row?.device === device ? row : null
  }

  app.get(
    '/api/devices/:name/commands/:id',
    {
      config: { right: 'read' },
      schema: {
        summary: 'What became of a command; with wait, as soon as it is over',
        tags,
        params: params.extend({ id: z.uuid() }),
        querystring: z.object({
          wait: z.coerce.number().min(0).max(60).default(0).describe('s: how long to wait for its end (A16)'),
        }),
        response: { 200: commandSchema, 404: problemSchema },
      },
    },
    async ({ params: { name, id }, query: { wait } }) => {
      const untilMs = clock.now() + wait * 1000
      for (;;) {
        const row = await readAt('devices', {}, (db) => commandIn(db, name, id))
        if (row && (isOver(row.state) || clock.now() >= untilMs)) return shownCommand(row)
        if (clock.now() >= untilMs) {
          const detail = `There is no command ${id} to ${name} in the read model yet.`
          throw new HttpProblem(404, 'command_unknown', 'No such command', detail)
        }
        await clock.sleepUntil(Math.min(untilMs, clock.now() + lookMs))
      }
    },
  )

  if (!order) return
  app.post(
    '/api/devices/:name/commands',
    {
      config: { right: 'operate' },
      schema: {
        summary:
          'Tells a device to do something; refused in automatic mode, but what makes the observatory safer',
        tags,
        params,
        headers: commandHeaders,
        body: bodySchema,
        response: { 202: z.object({ id: z.uuid() }), 400: problemSchema, 409: problemSchema },
      },
    },
    async (request, reply) => {
      const { patienceS, ...asked } = request.body
      const device = request.params.name
      const given = { device, ...asked, ...(patienceS === undefined ? {} : { patienceS }) }
      const { conversationId, refusal } = await order(given, envelopeOf(request, { clock, site })).catch(
        wrong,
      )
      const location = `/api/devices/${device}/commands/${conversationId}`
      reply.header('location', location)
      if (refusal)
        throw new HttpProblem(
          409,
          promisedCode(refusal.code),
          'Refused',
          `${refusal.why}; on record at ${location}.`,
        )
      return reply.code(202).send({ id: conversationId })
    },
  )
}

const wrong = (error: unknown): never => {
  if (!(error instanceof CommandRefused)) throw error
  throw new HttpProblem(400, promisedCode(error.code), 'No such command', `${error.message}.`)
}
