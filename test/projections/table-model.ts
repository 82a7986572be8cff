import fc from 'fast-check'
import { type Change, changesOf } from '#projections/engine/definition.ts'
import type { RowEffect, Values } from '#projections/engine/fold.ts'
import { defineTable } from '#projections/engine/table.ts'

/** Tables with one of each: a key of two columns, counters, JSON, a column that may be null, nothing but a key. */
export const sampleTables = {
  tally: defineTable({
    columns: { site: 'text', n: 'integer', count: 'integer', total: 'bigint', note: 'text?', data: 'json' },
    key: ['site', 'n'],
    indexes: [['total desc']],
  }),
  seen: defineTable({ columns: { id: 'text' }, key: ['id'] }),
}

const { insert, put, merge, add, remove } = changesOf(sampleTables)

const key = fc.record({ site: fc.constantFrom('osm', 'a,b', 'a'), n: fc.integer({ min: 0, max: 2 }) })
const note = fc.option(
  fc.string({ maxLength: 5, unit: 'binary-ascii' }).map((text) => text.replaceAll('\0', '')),
)
const row = fc.record({
  count: fc.integer({ min: -1000, max: 1000 }),
  total: fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
  note,
  data: fc
    .jsonValue({ maxDepth: 1, noUnicodeString: true })
    .filter((value) => !JSON.stringify(value).includes('\\u0000') && !Object.is(value, -0)),
})
const some = fc.record(
  { count: fc.integer({ min: 0, max: 9 }), note, data: fc.constantFrom(null, 1, { a: [true] }) },
  { requiredKeys: [] },
)
const counts = fc.record(
  { count: fc.integer({ min: -9, max: 9 }), total: fc.integer({ min: -9, max: 9 }) },
  { requiredKeys: [] },
)
const id = fc.record({ id: fc.constantFrom('1', '2', 'x') })

/** Any change to them, possible or not. */
export const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(key, row).map(([k, r]) => insert('tally', { ...k, ...r })),
  fc.tuple(key, row).map(([k, r]) => put('tally', { ...k, ...r })),
  fc.tuple(key, some).map(([k, r]) => merge('tally', { ...k, ...r })),
  fc.tuple(key, counts).map(([k, r]) => add('tally', { ...k, ...r })),
  key.map((k) => remove('tally', k)),
  id.map((r) => insert('seen', r)),
  id.map((r) => put('seen', r)),
  id.map((r) => merge('seen', r)),
  id.map((r) => remove('seen', r)),
)

/** A list of changes cut into batches somewhere. */
export const anyBatches: fc.Arbitrary<readonly (readonly Change[])[]> = fc
  .tuple(fc.array(anyChange, { maxLength: 40 }), fc.infiniteStream(fc.integer({ min: 1, max: 8 })))
  .map(([changes, sizes]) => {
    const batches: Change[][] = []
    for (let at = 0; at < changes.length; ) {
      const size = sizes.next().value ?? 1
      batches.push(changes.slice(at, at + size))
      at += size
    }
    return batches
  })

export type Rows = Map<string, Values>

const keysOf = (table: string): readonly string[] => (table === 'seen' ? ['id'] : ['site', 'n'])
const idOf = ({ table, row: values }: Pick<Change, 'table' | 'row'>) =>
  JSON.stringify([table, ...keysOf(table).map((column) => values[column])])

/** The simplest thing that could be right: one change after another. Null if one cannot be. */
export const oneByOne = (before: Rows, changes: readonly Change[]): Rows | null => {
  const rows = new Map(before)
  for (const change of changes) {
    const at = idOf(change)
    const there = rows.get(at)
    if (change.op === 'insert' ? there : change.op === 'merge' || change.op === 'add' ? !there : false)
      return null
    const { row: values } = change
    if (change.op === 'remove') rows.delete(at)
    else if (change.op === 'merge') rows.set(at, { ...there, ...values })
    else if (change.op === 'add') {
      const sums = Object.entries(values).map(([column, n]) =>
        keysOf(change.table).includes(column) ? [column, n] : [column, Number(there?.[column]) + Number(n)],
      )
      rows.set(at, { ...there, ...Object.fromEntries(sums) })
    } else rows.set(at, values)
  }
  return rows
}

/** What Postgres should make of a folded effect. Null if it should refuse. */
export const withEffect = (before: Rows, table: string, effect: RowEffect): Rows | null => {
  const rows = new Map(before)
  const at = idOf({ table, row: effect.kind === 'patch' ? effect.key : effect.row })
  const there = rows.get(at)
  const needs = effect.kind === 'patch' ? 'present' : effect.needs
  if ((needs === 'absent' && there) || (needs === 'present' && !there)) return null
  if (effect.kind === 'gone') rows.delete(at)
  else if (effect.kind === 'row') rows.set(at, effect.row)
  else {
    const sums = Object.entries(effect.add).map(([column, n]) => [
      column,
      Number(there?.[column]) + Number(n),
    ])
    rows.set(at, { ...there, ...effect.set, ...Object.fromEntries(sums) })
  }
  return rows
}
