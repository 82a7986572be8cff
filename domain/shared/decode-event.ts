import type { EventDefinition } from './define-event.ts'

/** An event in the log that this program cannot read; says which and why, so that a projection can stop there aloud. */
export class UndecodableEvent extends Error {
  readonly type: string
  readonly schemaVersion: number
  constructor(type: string, schemaVersion: number, why: string) {
    super(`cannot read ${type} version ${schemaVersion}: ${why}`)
    this.name = 'UndecodableEvent'
    this.type = type
    this.schemaVersion = schemaVersion
  }
}

const isObject = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' && data !== null && !Array.isArray(data)

/**
 * The data of a stored event as the newest version of its definition has it.
 * Data stored in the newest version was checked by the writer and is taken as it is; data of an older version is upcast
 * and checked.
 */
export const upToDate = (definition: EventDefinition, schemaVersion: number, data: unknown): unknown => {
  const { type, version } = definition
  if (!isObject(data)) throw new UndecodableEvent(type, schemaVersion, 'its data is not a JSON object')
  if (schemaVersion === version) return data
  if (!Number.isInteger(schemaVersion) || schemaVersion < 1 || schemaVersion > version) {
    throw new UndecodableEvent(type, schemaVersion, `this program knows versions 1 to ${version}`)
  }
  let upcast: Record<string, unknown> = data
  for (let from = schemaVersion; from < version; from++) {
    const step = definition.upcast[from]
    if (step) upcast = step(upcast)
  }
  const checked = definition.schema.safeParse(upcast)
  if (!checked.success) throw new UndecodableEvent(type, schemaVersion, checked.error.message)
  return checked.data
}
