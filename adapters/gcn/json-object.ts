import { Unreadable } from '#adapters/voevent/quarantine.ts'

export type JsonObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// Postgres takes neither zeros nor halves of surrogate pairs, and no notice means them.
const cleaned = (text: string): string => text.replaceAll('\u0000', '\uFFFD').toWellFormed()

/** A JSON text as an object with clean strings; throws {@link Unreadable}. */
export const jsonObject = (text: string): JsonObject => {
  let value: unknown
  try {
    value = JSON.parse(text, (_, part) => (typeof part === 'string' ? cleaned(part) : part))
  } catch (error) {
    throw new Unreadable('not-well-formed', `JSON: ${error}`, 'gcn-json')
  }
  if (!isObject(value)) throw new Unreadable('not-a-notice', 'not a JSON object', 'gcn-json')
  return value
}

export const objectAt = (value: JsonObject, key: string): JsonObject | null => {
  const part = value[key]
  return isObject(part) ? part : null
}

export const textAt = (value: JsonObject, key: string): string | null => {
  const part = value[key]
  if (typeof part === 'number') return `${part}`
  return typeof part === 'string' && part.trim() !== '' ? part.trim() : null
}

/** A finite number that was sent as a number: text stays text. */
export const numberAt = (value: JsonObject, key: string): number | null => {
  const part = value[key]
  return typeof part === 'number' && Number.isFinite(part) ? part : null
}

/** The first of a list, or the thing itself: ids come both ways. */
export const firstTextAt = (value: JsonObject, key: string): string | null => {
  const part = value[key]
  return Array.isArray(part) ? textAt({ first: part[0] }, 'first') : textAt(value, key)
}
