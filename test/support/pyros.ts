import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { PlcReply } from '#domain/environment/readings.ts'

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/pyros/${name}.json`, import.meta.url), 'utf8'))

const statusSchema = z
  .array(
    z.object({
      from: z.string(),
      version_firmware: z.string(),
      site: z.string(),
      date: z.string(),
      device: z.array(
        z.object({
          name: z.string(),
          type: z.string(),
          serial_number: z.string(),
          valid: z.string(),
          values: z.array(
            z.object({
              name: z.string(),
              value: z.union([z.number(), z.string()]),
              unit: z.string(),
              comment: z.string(),
            }),
          ),
        }),
      ),
    }),
  )
  .length(1)

const scenarioSchema = z.tuple([z.number()]).rest(
  z.object({
    time: z.number(),
    plcSimulator: z.object({ device_name: z.string(), value_name: z.string(), value: z.number() }),
  }),
)

const tablesSchema = z.object({
  weatherwatch: z.array(z.record(z.string(), z.union([z.number(), z.string(), z.null()]))),
  sitewatch: z.array(z.record(z.string(), z.union([z.number(), z.string(), z.null()]))),
})

/** The answer of the PLC of PYROS's logs: six devices, one invalid, two with one serial number. */
export const pyrosReply = (): PlcReply => {
  const [status] = statusSchema.parse(fixture('plc_status'))
  if (!status) throw new Error('plc_status.json holds no status')
  const { from, version_firmware: firmware, site, date, device } = status
  return {
    source: { from, firmware, site, date },
    devices: device.map(({ serial_number: serialNumber, ...rest }) => ({ ...rest, serialNumber })),
  }
}

/** The same answer with one value of one device replaced. */
export const withValue = (reply: PlcReply, device: string, name: string, value: number): PlcReply => ({
  ...reply,
  devices: reply.devices.map((sent) =>
    sent.name === device
      ? { ...sent, values: sent.values.map((known) => (known.name === name ? { ...known, value } : known)) }
      : sent,
  ),
})

/** What the PLC answers at an iteration of the scenario: it rains from 3 to 6. */
export const scenarioReply = (iteration: number): PlcReply => {
  const [, ...steps] = scenarioSchema.parse(fixture('scenario_plc'))
  return steps
    .filter(({ time }) => time <= iteration)
    .reduce(
      (reply, { plcSimulator: { device_name, value_name, value } }) =>
        withValue(reply, device_name, value_name, value),
      pyrosReply(),
    )
}

/** The ten rows PYROS wrote while that scenario ran. */
export const goldenTables = () => tablesSchema.parse(fixture('tables'))
