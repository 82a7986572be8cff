/** What a column holds; `?` for one that may be null. `instant` is an ISO 8601 text outside and a timestamptz inside. */
export type ColumnType = 'text' | 'bigint' | 'integer' | 'double' | 'boolean' | 'instant' | 'date' | 'json'
type ColumnSpec = ColumnType | `${ColumnType}?`

type ValueOf<Spec extends ColumnSpec> = Spec extends `${infer Type extends ColumnType}?`
  ? ValueOf<Type> | null
  : Spec extends 'text' | 'instant' | 'date'
    ? string
    : Spec extends 'bigint' | 'integer' | 'double'
      ? number
      : Spec extends 'boolean'
        ? boolean
        : unknown

type Columns = Readonly<Record<string, ColumnSpec>>

export type TableDefinition<C extends Columns = Columns, Key extends string = string> = {
  readonly columns: C
  /** The columns that name a row. */
  readonly key: readonly Key[]
  /** Rows are inserted and never changed: their past is then at hand without a replay. */
  readonly appendOnly?: true
  /** Further indexes, each a list of columns, `desc` allowed behind a name. */
  readonly indexes?: readonly (readonly string[])[]
}

export type Tables = Readonly<Record<string, TableDefinition>>

export type RowOf<Table extends TableDefinition> = {
  readonly [Column in keyof Table['columns']]: ValueOf<Table['columns'][Column]>
}

/** The row types of a projection's tables, as Kysely wants them. */
export type RowsOf<T extends Tables> = { [Name in keyof T]: RowOf<T[Name]> }

export const defineTable = <const C extends Columns, const Key extends keyof C & string>(
  table: TableDefinition<C, Key>,
): TableDefinition<C, Key> => table

const sqlTypes: Record<ColumnType, string> = {
  text: 'text',
  bigint: 'bigint',
  integer: 'integer',
  double: 'double precision',
  boolean: 'boolean',
  instant: 'timestamptz',
  date: 'date',
  json: 'jsonb',
}

const isColumnType = (text: string): text is ColumnType => text in sqlTypes

export const columnTypeOf = (spec: ColumnSpec): ColumnType => {
  const type = spec.replace('?', '')
  if (!isColumnType(type)) throw new Error(`no column type ${spec}`)
  return type
}

export const sqlTypeOf = (spec: ColumnSpec): string => sqlTypes[columnTypeOf(spec)]

/** The statements that make a table in a schema; names come from code, never from outside. */
const createTable = (
  schema: string,
  name: string,
  { columns, key, indexes = [] }: TableDefinition,
  kind: 'table' | 'unlogged table',
): string[] => {
  const lines = Object.entries(columns).map(
    ([column, spec]) => `${column} ${sqlTypeOf(spec)}${spec.endsWith('?') ? '' : ' not null'}`,
  )
  const table = `${schema}.${name}`
  return [
    `create ${kind} ${table} (${[...lines, `primary key (${key.join(', ')})`].join(', ')})`,
    ...indexes.map((on) => `create index on ${table} (${on.join(', ')})`),
  ]
}

/** The statements that make a schema with a read model's tables, instead of what has that name. */
export const createSchema = (
  schema: string,
  tables: Tables,
  kind: 'table' | 'unlogged table' = 'table',
): string =>
  [
    `drop schema if exists ${schema} cascade`,
    `create schema ${schema}`,
    createTables(schema, tables, kind),
  ].join('; ')

/** The statements that make tables in a schema that is there. */
export const createTables = (schema: string, tables: Tables, kind: 'table' | 'unlogged table'): string =>
  Object.entries(tables)
    .flatMap(([name, table]) => createTable(schema, name, table, kind))
    .join('; ')
