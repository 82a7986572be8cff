import type { AnyEvent } from '#domain/catalogue.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { RowOf, TableDefinition, Tables } from './table.ts'

type Values = Readonly<Record<string, unknown>>

/** What one event does to one row. */
export type Change = {
  readonly op: 'insert' | 'put' | 'merge' | 'add' | 'remove'
  readonly table: string
  readonly row: Values
}

type KeyOf<T extends TableDefinition> = Pick<RowOf<T>, T['key'][number] & keyof RowOf<T>>
// Whole numbers only: a sum of doubles would depend on how the events were batched.
type Counters<T extends TableDefinition> = Partial<{
  [Column in keyof T['columns'] as T['columns'][Column] extends 'integer' | 'bigint' ? Column : never]: number
}>

/** The words in which a projection of these tables says what changes. */
export const changesOf = <const T extends Tables>(_tables: T) => {
  type Name = keyof T & string
  return {
    /** A new row; one with this key must not be there. */
    insert: <N extends Name>(table: N, row: RowOf<T[N]>): Change => ({ op: 'insert', table, row }),
    /** The whole row, new or instead of the one with this key. */
    put: <N extends Name>(table: N, row: RowOf<T[N]>): Change => ({ op: 'put', table, row }),
    /** Some columns of a row that is there. */
    merge: <N extends Name>(table: N, row: KeyOf<T[N]> & Partial<RowOf<T[N]>>): Change => ({
      op: 'merge',
      table,
      row,
    }),
    /** To whole-number columns of a row that is there. */
    add: <N extends Name>(table: N, row: KeyOf<T[N]> & Counters<T[N]>): Change => ({ op: 'add', table, row }),
    /** The row with this key, if there is one. */
    remove: <N extends Name>(table: N, key: KeyOf<T[N]>): Change => ({ op: 'remove', table, row: key }),
  }
}

type Handlers = {
  readonly [Type in AnyEvent['type']]?: (
    event: Recorded<Extract<AnyEvent, { type: Type }>>,
  ) => readonly Change[]
}

/**
 * A read model's making, pure: from one event to row changes, and nothing else. It reads no table, no clock and no
 * network, so a batch folds in memory and the same function serves live, rebuild, as-of and tests.
 */
export type Projection<T extends Tables = Tables> = {
  readonly name: string
  /** Raised with every change of tables or handlers: another version is filled beside the old one. */
  readonly version: number
  readonly tables: T
  readonly handles: Handlers
}

export const defineProjection = <const T extends Tables>(projection: Projection<T>): Projection<T> =>
  projection

export const handledTypes = ({ handles }: Projection): string[] => Object.keys(handles)

/** The schema that holds the tables of one generation of a read model. */
export const schemaOf = (name: string, version: number, generation: number): string =>
  `${name}_v${version}_g${generation}`

/** The changes an event makes; none for a type that the projection does not handle. */
export const project = (projection: Projection, event: Recorded): readonly Change[] => {
  const handlers: Readonly<Record<string, unknown>> = projection.handles
  const handler = handlers[event.type]
  return typeof handler === 'function' ? handler(event) : []
}
