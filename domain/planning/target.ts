import { z } from 'zod'

const sexagesimal = /^([+-]?)(\d{1,3})[:\s]+(\d{1,2})[:\s]+(\d{1,2}(?:\.\d*)?)$/

/** Degrees from `hh:mm:ss.s` or `±dd:mm:ss.s`; null when it is neither. */
const fromSexagesimal = (text: string, unitDeg: number): number | null => {
  const [, sign, whole, minutes, seconds] = sexagesimal.exec(text.trim()) ?? []
  if (whole === undefined || Number(minutes) >= 60 || Number(seconds) >= 60) return null
  const size = Number(whole) + Number(minutes) / 60 + Number(seconds) / 3600
  return (sign === '-' ? -size : size) * unitDeg
}

const angle = (unitDeg: number, low: number, high: number, says: string) =>
  z.union([z.number(), z.string()]).transform((given, context) => {
    const value = typeof given === 'number' ? given : fromSexagesimal(given, unitDeg)
    if (value !== null && value >= low && value <= high) return value
    context.addIssue({ code: 'custom', message: `${JSON.stringify(given)} is no ${says}` })
    return z.NEVER
  })

/** A right ascension: degrees as a number, or hours as text. */
export const raSchema = angle(
  15,
  0,
  360,
  'right ascension: degrees from 0 to 360 as a number, or hours as text like "05:34:31.9"',
)

/** A declination: degrees as a number, or as text. */
export const decSchema = angle(
  1,
  -90,
  90,
  'declination: degrees from -90 to 90 as a number, or text like "+22:00:52"',
)

/** A place on the sky, ICRS at epoch J2000. */
export const targetSchema = z
  .strictObject({
    ra: raSchema,
    dec: decSchema,
    properMotion: z.strictObject({ raMasYear: z.number(), decMasYear: z.number() }).optional(),
  })
  .transform(({ ra, dec, ...rest }) => ({ raDeg: ra, decDeg: dec, ...rest }))

export type Target = {
  readonly raDeg: number
  readonly decDeg: number
  /** Thousandths of an arc second per year; that in right ascension includes cos(declination). */
  readonly properMotion?: { readonly raMasYear: number; readonly decMasYear: number } | undefined
}
