import { decSchema, raSchema } from '#domain/planning/target.ts'

const angleOf = (schema: typeof raSchema, text: string): number | null => {
  const plain = text.trim()
  const read = schema.safeParse(/^[+-]?\d+(\.\d*)?$/.test(plain) ? Number(plain) : plain)
  return read.success ? read.data : null
}

/** A place on the sky from `target_coords`: two angles, in degrees or sexagesimal; null for anything else. */
export const coordinatesOf = (text: string): { ra: number; dec: number } | null => {
  const parts = text.trim().split(/[\s,;]+/)
  if (parts.length !== 2 && parts.length !== 6) return null
  const half = parts.length / 2
  const ra = angleOf(raSchema, parts.slice(0, half).join(' '))
  const dec = angleOf(decSchema, parts.slice(half).join(' '))
  return ra === null || dec === null ? null : { ra, dec }
}
