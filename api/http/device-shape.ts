import { z } from 'zod'
import { deviceNameSchema } from '#domain/devices/events.ts'
import type { DeviceCommandRow, devicesOf } from '#projections/devices/queries.ts'

const linkState = z.enum(['up', 'lost', 'unknown'])

export const deviceSchema = z
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

export const commandSchema = z
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

export const alarmSchema = z.object({
  raised_at: z.iso.datetime(),
  code: z.string(),
  text: z.string(),
  step: z.string(),
})

export const shownCommand = (row: DeviceCommandRow) => ({
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

export const shownDevices = ({ statuses, links }: Awaited<ReturnType<typeof devicesOf>>) =>
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
