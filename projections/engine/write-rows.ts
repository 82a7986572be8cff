import type { ClientBase } from 'pg'
import type { Projection } from './definition.ts'
import { schemaOf } from './definition.ts'
import type { FoldedBatch, RowEffect, Values } from './fold.ts'
import { columnTypeOf, sqlTypeOf, type TableDefinition } from './table.ts'

type Table = { readonly qualified: string; readonly definition: TableDefinition }

const specOf = ({ qualified, definition }: Table, column: string) => {
  const spec = definition.columns[column]
  if (!spec) throw new Error(`${qualified} has no column ${column}`)
  return spec
}

/** One array a column, so that a batch of any size is one statement of one shape. JSON travels as text. */
const arraysOf = (table: Table, columns: readonly string[], rows: readonly Values[]): unknown[][] =>
  columns.map((column) => {
    const isJson = columnTypeOf(specOf(table, column)) === 'json'
    return rows.map((row) => (isJson ? JSON.stringify(row[column]) : (row[column] ?? null)))
  })

const unnest = (table: Table, columns: readonly string[]): string => {
  const arrays = columns.map((column, i) => {
    const type = sqlTypeOf(specOf(table, column))
    return `$${i + 1}::${type === 'jsonb' ? 'text' : type}[]`
  })
  const selected = columns.map((column) =>
    sqlTypeOf(specOf(table, column)) === 'jsonb' ? `${column}::jsonb` : column,
  )
  return `select ${selected.join(', ')} from unnest(${arrays.join(', ')}) as rows (${columns.join(', ')})`
}

const insertRows = async (client: ClientBase, table: Table, rows: readonly Values[], orReplace: boolean) => {
  if (rows.length === 0) return
  const columns = Object.keys(table.definition.columns)
  const { key } = table.definition
  const others = columns.filter((column) => !key.includes(column))
  const replace = others.map((column) => `${column} = excluded.${column}`).join(', ')
  const onConflict = orReplace
    ? ` on conflict (${key.join(', ')}) do ${replace ? `update set ${replace}` : 'nothing'}`
    : ''
  const text = `insert into ${table.qualified} (${columns.join(', ')}) ${unnest(table, columns)}${onConflict}`
  await client.query(text, arraysOf(table, columns, rows))
}

type Patch = Extract<RowEffect, { kind: 'patch' }>

const patchRows = async (client: ClientBase, table: Table, patches: readonly Patch[]) => {
  const byShape = Map.groupBy(
    patches,
    ({ set, add }) => `${Object.keys(set).sort()}+${Object.keys(add).sort()}`,
  )
  for (const group of byShape.values()) {
    const [{ set, add } = { set: {}, add: {} }] = group
    const columns = [...table.definition.key, ...Object.keys(set), ...Object.keys(add)]
    const assignments = [
      ...Object.keys(set).map((column) => `${column} = rows.${column}`),
      ...Object.keys(add).map((column) => `${column} = old.${column} + rows.${column}`),
    ]
    const sameKey = table.definition.key.map((column) => `old.${column} = rows.${column}`).join(' and ')
    const rows = group.map((patch) => ({ ...patch.key, ...patch.set, ...patch.add }))
    const { rowCount } = await client.query(
      `update ${table.qualified} old set ${assignments.join(', ')} from (${unnest(table, columns)}) rows where ${sameKey}`,
      arraysOf(table, columns, rows),
    )
    if (rowCount !== group.length) {
      throw new MissingRow(table.qualified, group.length - (rowCount ?? 0))
    }
  }
}

const removeRows = async (client: ClientBase, table: Table, rows: readonly Values[]) => {
  if (rows.length === 0) return
  const { key } = table.definition
  const sameKey = key.map((column) => `old.${column} = rows.${column}`).join(' and ')
  await client.query(
    `delete from ${table.qualified} old using (${unnest(table, key)}) rows where ${sameKey}`,
    arraysOf(table, key, rows),
  )
}

/** A projection changed rows that are not there. */
export class MissingRow extends Error {
  constructor(table: string, count: number) {
    super(`${count} row(s) to be changed in ${table} are not there`)
    this.name = 'MissingRow'
  }
}

const isPatch = (effect: RowEffect): effect is Patch => effect.kind === 'patch'

/** Writes a folded batch within the caller's transaction. */
export const writeRows = async (
  client: ClientBase,
  projection: Projection,
  batch: FoldedBatch,
): Promise<void> => {
  for (const [name, effects] of batch) {
    const definition = projection.tables[name]
    if (!definition) throw new Error(`${projection.name} has no table ${name}`)
    const table = { qualified: `${schemaOf(projection)}.${name}`, definition }
    const rowsOf = (kind: 'insert' | 'put' | 'remove'): Values[] =>
      [...effects.values()].flatMap((effect) => (effect.kind === kind ? [effect.row] : []))
    await removeRows(client, table, rowsOf('remove'))
    await insertRows(client, table, rowsOf('insert'), false)
    await insertRows(client, table, rowsOf('put'), true)
    await patchRows(client, table, [...effects.values()].filter(isPatch))
  }
}
