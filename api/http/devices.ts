import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CommandRefused } from '#commands/command-refused.ts'
import type { DeviceOrder, RequestedCommand } from '#commands/devices/request-command.ts'
import type { Envelope } from '#commands/handle.ts'
import { capabilities } from '#domain/devices/capabilities.ts'
import { type DeviceName, deviceNameSchema } from '#domain/devices/events.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Site } from '#domain/shared/site.ts'
import {
  type DeviceCommandRow,
  deviceCommand,
  deviceHistory,
  devicesOf,
} from '#projections/devices/queries.ts'
import type { ReadModels } from '#projections/read-database.ts'
import { commandHeaders, envelopeOf } from './command-envelope.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { HttpProblem, problemSchema } from './problem.ts'

export type DeviceRoutesParts = {
  readonly readAt: ReadAt
  readonly site: Site
  readonly clock: Clock
  /** Without it devices are only shown. */
  readonly order?: (order: DeviceOrder, envelope: Envelope) => Promise<RequestedCommand>
}

const linkState = z.enum(['up', 'lost', 'unknown'])

const deviceSchema = z
  .object({
    device: deviceNameSchema,
    link: z.object({
      state: linkState,
      since: z.string().nullable(),
      detail: z.string().nullable(),
    }),
    status: z.record(z.string(), z.unknown()).nullable().describe('as it was last seen; null before'),
    faults: z.array(z.object({ code: z.string(), text: z.string() })),
    updated: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Device' })

const commandSchema = z
  .object({
    id: z.string().describe('the conversation'),
    device: z.string(),
    name: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    by: z.string(),
    state: z.string().describe('requested, agreed; over: refused, completed, failed, timed-out'),
    requested_at: z.iso.datetime(),
    deadline_at: z.iso.datetime(),
    updated: z.iso.datetime(),
    code: z.string().nullable(),
    why: z.string().nullable(),
    margin: z.number().nullable(),
    verdict_id: z.string().nullable(),
    result: z.unknown().nullable(),
  })
  .meta({ id: 'DeviceCommand' })

const alarmSchema = z.object({
  raised_at: z.iso.datetime(),
  code: z.string(),
  text: z.string(),
  step: z.string(),
})

const bodySchema = z.strictObject({
  name: z.string().describe('one of the device’s commands'),
  parameters: z.record(z.string(), z.unknown()).default({}),
  patienceS: z.number().positive().max(7200).optional().describe('how long it may take'),
})

const params = z.object({ name: deviceNameSchema })
const tags = ['devices']
const isOver = (state: string) => state !== 'requested' && state !== 'agreed'

const shownCommand = (row: DeviceCommandRow) => ({
  id: row.conversation_id,
  device: row.device,
  name: row.name,
  parameters: asRecord(row.parameters),
  by: row.actor_id,
  state: row.state,
  requested_at: row.requested_at,
  deadline_at: row.deadline_at,
  updated: row.updated,
  code: row.code,
  why: row.why,
  margin: row.margin,
  verdict_id: row.verdict_id,
  result: row.result,
})

const asRecord = (value: unknown) => z.record(z.string(), z.unknown()).parse(value)
const faultsSchema = deviceSchema.shape.faults

const shownDevices = ({ statuses, links }: Awaited<ReturnType<typeof devicesOf>>) =>
  deviceNameSchema.options.map((device) => {
    const seen = statuses.find((row) => row.device === device)
    const link = links.find((row) => row.device === device)
    const state = linkState.parse(link?.state ?? (seen ? 'up' : 'unknown'))
    return {
      device,
      link: {
        state,
        since: link?.since ?? null,
        detail: link?.detail ?? null,
      },
      status: seen ? asRecord(seen.status) : null,
      faults: faultsSchema.parse(seen?.faults ?? []),
      updated: seen?.updated ?? null,
    }
  })

/** Between two looks at a command that somebody waits for. */
const lookMs = 100

export const deviceRoutes: FastifyPluginAsyncZod<DeviceRoutesParts> = async (
  app,
  { readAt, site, clock, order },
) => {
  app.get(
    '/api/devices',
    {
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
        throw new HttpProblem(409, refusal.code, 'Refused', `${refusal.why}; on record at ${location}.`)
      return reply.code(202).send({ id: conversationId })
    },
  )
}

const wrong = (error: unknown): never => {
  if (!(error instanceof CommandRefused)) throw error
  throw new HttpProblem(400, error.code, 'No such command', `${error.message}.`)
}
