const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

// A function and what JSON has no word for are left out, as JSON.stringify does.
const isWritten = (value: unknown): boolean =>
  value !== undefined && typeof value !== 'function' && typeof value !== 'symbol'

/**
 * One text for one JSON value, whatever the order of its keys (RFC 8785): keys sorted by UTF-16 code units, no blanks,
 * numbers and strings as ECMAScript writes them.
 */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join()}]`
  if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : 'null'
  if (!isObject(value)) return JSON.stringify(value)
  let text = ''
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (isWritten(member)) text += `${text && ','}${JSON.stringify(key)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}
