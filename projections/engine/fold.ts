import type { Change } from './definition.ts'
import type { Tables } from './table.ts'

export type Values = Readonly<Record<string, unknown>>

/** What must hold before the batch, so that a change that cannot be stops the projection whatever the batch's size. */
type Needs = 'absent' | 'present' | 'any'

/** What a batch makes of one row, in the end. A patch needs the row to be present. */
export type RowEffect =
  | { readonly kind: 'row'; readonly needs: Needs; readonly row: Values }
  | { readonly kind: 'gone'; readonly needs: Needs; readonly row: Values }
  | { readonly kind: 'patch'; readonly key: Values; readonly set: Values; readonly add: Values }

/** By table, by key. */
export type FoldedBatch = Map<string, Map<string, RowEffect>>

/** A projection asked for something that cannot be: a second row of the same key, a change of a row that is gone. */
export class ImpossibleChange extends Error {
  constructor({ op, table, row }: Change, why: string) {
    super(`cannot ${op} ${table} ${JSON.stringify(row)}: ${why}`)
    this.name = 'ImpossibleChange'
  }
}

const only = (row: Values, wanted: (column: string) => boolean): Values => {
  const picked: Record<string, unknown> = {}
  for (const column in row) if (wanted(column)) picked[column] = row[column]
  return picked
}

const sum = (counts: Values, more: Values): Values => {
  const total: Record<string, unknown> = { ...counts }
  for (const column in more) total[column] = Number(total[column] ?? 0) + Number(more[column])
  return total
}

const first = ({ op, row }: Change, key: readonly string[]): RowEffect => {
  switch (op) {
    case 'insert':
      return { kind: 'row', needs: 'absent', row }
    case 'put':
      return { kind: 'row', needs: 'any', row }
    case 'remove':
      return { kind: 'gone', needs: 'any', row }
    case 'merge':
    case 'add': {
      const columns = only(row, (column) => !key.includes(column))
      const patch = { kind: 'patch', key: only(row, (column) => key.includes(column)) } as const
      return op === 'merge' ? { ...patch, set: columns, add: {} } : { ...patch, set: {}, add: columns }
    }
  }
}

const needsOf = (effect: RowEffect): Needs => (effect.kind === 'patch' ? 'present' : effect.needs)

/** Some columns change, by value (`merge`) or by number (`add`). */
const patched = (before: RowEffect, next: Change, key: readonly string[]): RowEffect => {
  if (before.kind === 'gone') throw new ImpossibleChange(next, 'the row was removed')
  const columns = only(next.row, (column) => !key.includes(column))
  const merge = next.op === 'merge'
  if (before.kind === 'row') {
    return { ...before, row: merge ? { ...before.row, ...columns } : sum(before.row, columns) }
  }
  const { set, add } = before
  if (merge)
    return { ...before, set: { ...set, ...columns }, add: only(add, (column) => !(column in columns)) }
  const toSet = only(columns, (column) => column in set)
  const toAdd = only(columns, (column) => !(column in set))
  return { ...before, set: sum(set, toSet), add: sum(add, toAdd) }
}

/** The effect of `next` after `before`, both on the row of one key. */
const andThen = (before: RowEffect, next: Change, key: readonly string[]): RowEffect => {
  switch (next.op) {
    case 'insert':
      if (before.kind === 'gone') return { kind: 'row', needs: before.needs, row: next.row }
      throw new ImpossibleChange(next, 'a row with this key is there')
    case 'put':
      return { kind: 'row', needs: needsOf(before), row: next.row }
    case 'remove':
      return { kind: 'gone', needs: needsOf(before), row: next.row }
    case 'merge':
    case 'add':
      return patched(before, next, key)
  }
}

const idOf = (row: Values, key: readonly string[]): string => {
  let id = ''
  // A text of one column may hold anything; its length keeps ('a', 'b') apart from ('a,b', '').
  for (const column of key) {
    const value = String(row[column])
    id += key.length === 1 ? value : `${value.length}:${value}`
  }
  return id
}

/** Folds changes into a batch, in order. The batch is changed in place: it is one writer's own. */
export const foldInto = (batch: FoldedBatch, tables: Tables, changes: readonly Change[]): void => {
  for (const next of changes) {
    const table = tables[next.table]
    if (!table) throw new ImpossibleChange(next, 'the projection has no such table')
    const rows = batch.get(next.table) ?? new Map<string, RowEffect>()
    if (rows.size === 0) batch.set(next.table, rows)
    const id = idOf(next.row, table.key)
    const before = rows.get(id)
    rows.set(id, before ? andThen(before, next, table.key) : first(next, table.key))
  }
}
