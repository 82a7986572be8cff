import type { Param } from '#domain/alerts/notice.ts'
import type { JsonObject } from './json-object.ts'

const longest = 500

/** The fields of a JSON notice as params, verbatim; what is as long as a sky map stays in the raw bytes only. */
export const jsonParams = (value: JsonObject, group: string | null = null): Param[] =>
  Object.entries(value).flatMap(([name, part]): Param[] => {
    const text = typeof part === 'string' ? part : JSON.stringify(part)
    if (text === undefined || text.length > longest) return []
    return [
      {
        group,
        name: name.replaceAll('\u0000', '\uFFFD').toWellFormed(),
        value: part === null ? null : text,
        unit: null,
        ucd: null,
      },
    ]
  })
