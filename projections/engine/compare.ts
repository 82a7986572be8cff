import type { ClientBase } from 'pg'
import type { Generation } from './control.ts'
import { schemaOfGeneration } from './generations.ts'
import { logColumns } from './log-columns.ts'
import { samePosition } from './position.ts'
import type { TableDefinition, Tables } from './table.ts'

export type TableComparison = {
  readonly table: string
  readonly liveRows: number
  readonly nextRows: number
  /** Keys that only the live one has. */
  readonly missing: number
  /** Keys that only the next one has. */
  readonly extra: number
  /** Keys of both whose rows differ. */
  readonly different: number
  /** Columns that one of them has not; they are not compared. */
  readonly notCompared: readonly string[]
  /** Some of the keys that differ, and how. */
  readonly examples: readonly { readonly key: Readonly<Record<string, unknown>>; readonly how: string }[]
}

export type Comparison = {
  /** Whether both stood at one position; if not, events between the two may explain a difference. */
  readonly samePosition: boolean
  readonly tables: readonly TableComparison[]
}

export const differs = ({ tables }: Comparison): boolean =>
  tables.some(({ missing, extra, different }) => missing + extra + different > 0)

const examplesShown = 5

const columnsOf = async (client: ClientBase, schema: string, table: string): Promise<string[]> => {
  const { rows } = await client.query(
    'select column_name from information_schema.columns where table_schema = $1 and table_name = $2',
    [schema, table],
  )
  return rows.map(({ column_name }) => column_name)
}

/** Both tables side by side, row by row, each row with what is wrong with it. */
const sideBySide = (
  live: string,
  next: string,
  key: readonly string[],
  columns: readonly string[],
): string => {
  const rowOf = (side: string) => `row(${columns.map((column) => `${side}.${column}`).join(', ')})`
  return `select ${key.map((column) => `coalesce(l.${column}, n.${column}) as ${column}`).join(', ')},
      l.here is not null as in_live, n.here is not null as in_next,
      case when n.here is null then 'missing' when l.here is null then 'extra'
        when ${rowOf('l')} is distinct from ${rowOf('n')} then 'different' end as how
    from (select true as here, * from ${live}) l
    full join (select true as here, * from ${next}) n on ${key.map((column) => `l.${column} = n.${column}`).join(' and ')}`
}

const countsOf = `count(*) filter (where in_live) as "liveRows", count(*) filter (where in_next) as "nextRows",
  count(*) filter (where how = 'missing') as missing, count(*) filter (where how = 'extra') as extra,
  count(*) filter (where how = 'different') as different`

const compareTable = async (
  client: ClientBase,
  schemas: { live: string; next: string },
  table: string,
  { key, columns }: TableDefinition,
): Promise<TableComparison> => {
  const names = Object.keys(columns)
  const inLive = (await columnsOf(client, schemas.live, table)).filter((column) => !(column in logColumns))
  const common = names.filter((column) => inLive.includes(column))
  const notCompared = [...new Set([...names, ...inLive])].filter((column) => !common.includes(column))
  if (!key.every((column) => common.includes(column))) {
    const { rows } = await client.query(`select count(*) as n from ${schemas.next}.${table}`)
    const counts = { liveRows: 0, nextRows: rows[0].n, missing: 0, extra: rows[0].n, different: 0 }
    return { table, ...counts, notCompared, examples: [] }
  }
  const both = sideBySide(`${schemas.live}.${table}`, `${schemas.next}.${table}`, key, common)
  const { rows } = await client.query(`select ${countsOf} from (${both}) both_sides`)
  const { rows: examples } = await client.query(
    `select ${key.join(', ')}, how from (${both}) both_sides where how is not null order by ${key.join(', ')} limit ${examplesShown}`,
  )
  return { table, ...rows[0], notCompared, examples: examples.map(({ how, ...at }) => ({ key: at, how })) }
}

/** What differs between two generations, by count and by key, in the caller's snapshot. */
export const compare = async (
  client: ClientBase,
  tables: Tables,
  live: Generation,
  next: Generation,
): Promise<Comparison> => {
  const schemas = { live: schemaOfGeneration(live), next: schemaOfGeneration(next) }
  const compared: TableComparison[] = []
  for (const [table, definition] of Object.entries(tables)) {
    compared.push(await compareTable(client, schemas, table, definition))
  }
  return {
    samePosition: samePosition(live.checkpoint.position, next.checkpoint.position),
    tables: compared,
  }
}
