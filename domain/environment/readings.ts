import { z } from 'zod'

/** One value of a device as the PLC sent it: unit and all. A value that was not sent is null, never 0. */
export const deviceValueSchema = z.object({
  name: z.string(),
  value: z.union([z.number(), z.string(), z.boolean(), z.null()]),
  unit: z.string(),
  comment: z.string().optional(),
})

/** A device as the PLC sent it, valid or not. */
export const deviceReadingSchema = z.object({
  name: z.string(),
  /** `meteo`, `calib`, … */
  type: z.string(),
  serialNumber: z.string(),
  /** `yes` or `no` where the PLC behaves; any other word counts as no. */
  valid: z.string(),
  values: z.array(deviceValueSchema),
})

/** Who answered. `date` is the PLC's own clock, in its own words (PYROS's PLC names no zone and stands still in 2017). */
export const readingSourceSchema = z.object({
  from: z.string(),
  firmware: z.string(),
  site: z.string(),
  date: z.string(),
})

export const readingSchema = z.object({
  source: readingSourceSchema,
  devices: z.array(deviceReadingSchema),
})

export type DeviceValue = z.output<typeof deviceValueSchema>
export type DeviceReading = z.output<typeof deviceReadingSchema>
/** A whole answer to STATUS: meteorological devices and all others together. */
export type PlcReply = z.output<typeof readingSchema>
