import { type EnvironmentEvent, environmentEvents } from './environment/events.ts'
import { type NightEvent, nightEvents } from './night/events.ts'
import { UndecodableEvent, upToDate } from './shared/decode-event.ts'
import type { EventDefinition } from './shared/define-event.ts'

/** Every event there is. */
const definitions: readonly EventDefinition[] = [...environmentEvents, ...nightEvents]

/** Any of them, as its newest version has it. */
export type AnyEvent = EnvironmentEvent | NightEvent

export const catalogue: ReadonlyMap<string, EventDefinition> = new Map(
  definitions.map((definition) => [definition.type, definition]),
)

/** The data of a stored event in its newest version; throws {@link UndecodableEvent} for a type nobody here defined. */
export const decodeEventData = (type: string, schemaVersion: number, data: unknown): unknown => {
  const definition = catalogue.get(type)
  if (!definition)
    throw new UndecodableEvent(type, schemaVersion, 'no event of this type is in the catalogue')
  return upToDate(definition, schemaVersion, data)
}

/** Checks data about to be written; the error names the field. Throws zod's error for data the schema refuses. */
export const checkEventData = (type: string, data: unknown): { schemaVersion: number; data: unknown } => {
  const definition = catalogue.get(type)
  if (!definition) throw new Error(`${type} is not in the catalogue; it cannot be written`)
  return { schemaVersion: definition.version, data: definition.schema.parse(data) }
}
