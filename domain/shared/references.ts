/** An id that an event's data names, and under which field. */
export type Reference = { readonly field: string; readonly id: string }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const namesIds = /Ids?$/

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const idsIn = (value: unknown): string[] =>
  [value].flat().filter((id): id is string => typeof id === 'string' && uuid.test(id))

/** What the members of a list name as events: the asks that a plan answers. */
const eventIdsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(isRecord).flatMap(({ eventId }) => idsIn(eventId)) : []

/**
 * The ids that an event's data names, by the names of its fields: `readingIds`, `requestId`, …, and `eventId` in
 * lists. Of any type, those of later
 * areas too. Whether an id is that of an event is for the reader to find out.
 */
export const referencesOf = (data: unknown): Reference[] =>
  typeof data !== 'object' || data === null
    ? []
    : Object.entries(data).flatMap(([field, value]) =>
        [...new Set(namesIds.test(field) ? idsIn(value) : eventIdsIn(value))].map((id) => ({ field, id })),
      )
