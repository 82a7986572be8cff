import type { Position } from '#domain/shared/event.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { Change } from './definition.ts'
import { ImpossibleChange } from './fold.ts'
import type { TableDefinition, Tables } from './table.ts'

/** Beside the rows of append-only tables stands which event made them: the past of such a table is a part of it. */
export const logColumns = { log_position: 'bigint?', logged_at: 'instant?' } as const

const isAppendOnly = ({ appendOnly }: TableDefinition): boolean => appendOnly === true

const those = (tables: Tables, wanted: (table: TableDefinition) => boolean): Tables =>
  Object.fromEntries(Object.entries(tables).filter(([, table]) => wanted(table)))

export const appendOnlyTables = (tables: Tables): Tables => those(tables, isAppendOnly)

export const changingTables = (tables: Tables): Tables => those(tables, (table) => !isAppendOnly(table))

/** The tables as a generation stores them. */
export const storedTables = (tables: Tables): Tables =>
  Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [
      name,
      isAppendOnly(table) ? { ...table, columns: { ...table.columns, ...logColumns } } : table,
    ]),
  )

/** The changes of an event with its place in the log on rows that are never changed again. */
export const stamped = (
  changes: readonly Change[],
  tables: Tables,
  { commit }: Position,
  occurredAt: Instant,
): readonly Change[] =>
  changes.map((change) => {
    if (tables[change.table]?.appendOnly !== true) return change
    if (change.op !== 'insert') throw new ImpossibleChange(change, 'the table is append-only')
    return { ...change, row: { ...change.row, log_position: `${commit}`, logged_at: occurredAt } }
  })
