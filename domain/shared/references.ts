/** An id that an event's data names, and under which field. */
export type Reference = { readonly field: string; readonly id: string }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const namesIds = /Ids?$/

const idsIn = (value: unknown): string[] =>
  [value].flat().filter((id): id is string => typeof id === 'string' && uuid.test(id))

/**
 * The ids that an event's data names, by the names of its fields: `readingIds`, `requestId`, … Of any type, those of later
 * areas too. Whether an id is that of an event is for the reader to find out.
 */
export const referencesOf = (data: unknown): Reference[] =>
  typeof data !== 'object' || data === null
    ? []
    : Object.entries(data).flatMap(([field, value]) =>
        namesIds.test(field) ? [...new Set(idsIn(value))].map((id) => ({ field, id })) : [],
      )
