import { readFileSync } from 'node:fs'
import { z } from 'zod'

const valueSchema = z.strictObject({
  name: z.string(),
  /** Left out: the PLC sends the value's name and no value. */
  value: z.union([z.number(), z.string(), z.boolean()]).optional(),
  unit: z.string(),
  comment: z.string().default(''),
})

/** A device as it goes over the wire. */
export const deviceSchema = z.strictObject({
  name: z.string(),
  type: z.string(),
  serial_number: z.string(),
  valid: z.string(),
  values: z.array(valueSchema),
})

const statusSchema = z.strictObject({
  name: z.literal('STATUS'),
  from: z.string(),
  version_firmware: z.string(),
  site: z.string(),
  /** As the PLC writes it: UTC without saying so. */
  date: z.string(),
  device: z.array(deviceSchema),
})

export type PlcValue = z.output<typeof valueSchema>
export type PlcDevice = z.output<typeof deviceSchema>
/** The message inside the array that answers STATUS. */
export type PlcStatus = z.output<typeof statusSchema>

export const statusNames = ['pyros', 'demo'] as const
export type StatusName = (typeof statusNames)[number]

/** A shipped status: `pyros` is that of PYROS's documentation (P4), `demo` an observatory where all is well. */
export const shippedStatus = (name: StatusName): PlcStatus => {
  const file = new URL(`status/${name}.json`, import.meta.url)
  const [status] = z.tuple([statusSchema]).parse(JSON.parse(readFileSync(file, 'utf8')))
  return status
}
