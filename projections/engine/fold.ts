import type { Change, Projection } from './definition.ts'

export type Values = Readonly<Record<string, unknown>>

/** What a batch makes of one row, in the end. A `patch` is of a row that must be there already. */
export type RowEffect =
  | { readonly kind: 'insert' | 'put' | 'remove'; readonly row: Values }
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

const pick = (row: Values, wanted: (column: string) => boolean): Values =>
  Object.fromEntries(Object.entries(row).filter(([column]) => wanted(column)))

const sum = (counts: Values, more: Values): Values => {
  const total: Record<string, unknown> = { ...counts }
  for (const [column, n] of Object.entries(more)) total[column] = Number(total[column] ?? 0) + Number(n)
  return total
}

const start = ({ op, row }: Change, key: readonly string[]): RowEffect => {
  if (op === 'insert' || op === 'put' || op === 'remove') return { kind: op, row }
  const columns = pick(row, (column) => !key.includes(column))
  const patch = { kind: 'patch', key: pick(row, (column) => key.includes(column)) } as const
  return op === 'merge' ? { ...patch, set: columns, add: {} } : { ...patch, set: {}, add: columns }
}

const change = (before: RowEffect, next: Change, columns: Values): RowEffect => {
  if (before.kind === 'remove') throw new ImpossibleChange(next, 'the row was removed')
  if (before.kind !== 'patch') {
    return { ...before, row: next.op === 'merge' ? { ...before.row, ...columns } : sum(before.row, columns) }
  }
  const { set, add } = before
  if (next.op === 'merge') {
    return { ...before, set: { ...set, ...columns }, add: pick(add, (column) => !(column in columns)) }
  }
  return {
    ...before,
    set: sum(
      set,
      pick(columns, (column) => column in set),
    ),
    add: sum(
      add,
      pick(columns, (column) => !(column in set)),
    ),
  }
}

/** The effect of `next` after `before`, both on the row of one key. */
const andThen = (before: RowEffect, next: Change, key: readonly string[]): RowEffect => {
  switch (next.op) {
    case 'insert':
      // Removed and inserted anew in one batch: an upsert says both.
      if (before.kind === 'remove') return { kind: 'put', row: next.row }
      throw new ImpossibleChange(next, 'a row with this key is there')
    case 'put':
      return { kind: before.kind === 'insert' ? 'insert' : 'put', row: next.row }
    case 'remove':
      return { kind: 'remove', row: next.row }
    case 'merge':
    case 'add':
      return change(
        before,
        next,
        pick(next.row, (column) => !key.includes(column)),
      )
  }
}

const idOf = (row: Values, key: readonly string[]): string =>
  key.length === 1 ? String(row[key[0] ?? '']) : JSON.stringify(key.map((column) => row[column]))

/** Folds changes into a batch, in order. The batch is changed in place: it is one runner's own. */
export const foldInto = (batch: FoldedBatch, projection: Projection, changes: readonly Change[]): void => {
  for (const next of changes) {
    const table = projection.tables[next.table]
    if (!table) throw new ImpossibleChange(next, `${projection.name} has no such table`)
    const rows = batch.get(next.table) ?? new Map<string, RowEffect>()
    batch.set(next.table, rows)
    const id = idOf(next.row, table.key)
    const before = rows.get(id)
    rows.set(id, before ? andThen(before, next, table.key) : start(next, table.key))
  }
}
