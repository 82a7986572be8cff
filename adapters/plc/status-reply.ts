import { z } from 'zod'
import type { DeviceReading, DeviceValue, PlcReply } from '#domain/environment/readings.ts'

/** The one question there is (P1), byte for byte. */
export const statusQuestion = '{"command":[{"name":"STATUS"}]}'

// A word that was left out is empty, and one sent as a number is that number in digits: neither costs us the reading.
const word = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .optional()
  .transform((said) => `${said ?? ''}`)

const wireValue = z
  .object({
    name: z.string(),
    value: z.union([z.number(), z.string(), z.boolean(), z.null()]).default(null),
    unit: word,
    comment: word,
  })
  .transform((value): DeviceValue => value)

const wireDevice = z
  .object({
    name: z.string(),
    type: word,
    serial_number: word,
    valid: word,
    values: z.array(wireValue).default([]),
  })
  .transform(({ serial_number: serialNumber, ...device }): DeviceReading => ({ ...device, serialNumber }))

const wireStatus = z
  .object({
    name: z.literal('STATUS'),
    from: word,
    version_firmware: word,
    site: word,
    date: word,
    device: z.array(wireDevice),
  })
  .transform(
    ({ from, version_firmware: firmware, site, date, device: devices }): PlcReply => ({
      source: { from, firmware, site, date },
      devices,
    }),
  )

/** The wire's reply is an array of one message (P2). */
const wireReply = z.tuple([wireStatus]).transform(([status]) => status)

export type Decoded = { ok: true; reply: PlcReply } | { ok: false; detail: string }

/** Reads a parsed reply; what it does not know it keeps (devices, units) or leaves out (keys), without a fault. */
export const decodeStatusReply = (parsed: unknown): Decoded => {
  const { data, error } = wireReply.safeParse(parsed)
  return error ? { ok: false, detail: error.issues.map(inWords).join('; ') } : { ok: true, reply: data }
}

const inWords = ({ path, message }: z.core.$ZodIssue) =>
  `${path.length > 0 ? path.join('.') : 'the reply'}: ${message}`
