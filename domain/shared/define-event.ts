import type { z } from 'zod'

type Json = Record<string, unknown>

/** A stored event type: its name as it stands in the log, the schema of its newest version, and the way from older ones. */
export type EventDefinition<Type extends string = string, Schema extends z.ZodType = z.ZodType> = {
  readonly type: Type
  readonly version: number
  readonly schema: Schema
  /** By version: from that version's data to the next one's. Every version from 1 to `version - 1` has one. */
  readonly upcast: Readonly<Record<number, (data: Json) => Json>>
}

export type EventOf<Definition> =
  Definition extends EventDefinition<infer Type, infer Schema>
    ? { readonly type: Type; readonly data: z.output<Schema> }
    : never

/**
 * Same meaning in another shape is the next `version` and an upcaster; another meaning is another type.
 * The type is typed out, never derived from an identifier: renaming code must not rename history.
 */
export const defineEvent = <const Type extends string, Schema extends z.ZodType>(
  type: Type,
  {
    version,
    schema,
    upcast = {},
  }: { version: number; schema: Schema; upcast?: Record<number, (data: Json) => Json> },
): EventDefinition<Type, Schema> => {
  for (let from = 1; from < version; from++) {
    if (!upcast[from])
      throw new Error(`${type} is at version ${version} but has no upcaster from version ${from}`)
  }
  return { type, version, schema, upcast }
}
