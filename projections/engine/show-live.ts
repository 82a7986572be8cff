import type { ClientBase } from 'pg'
import { logColumns } from './log-columns.ts'

const tablesIn = async (client: ClientBase, schema: string): Promise<string[]> => {
  const { rows } = await client.query(
    `select table_name from information_schema.tables where table_schema = $1 order by table_name`,
    [schema],
  )
  return rows.map(({ table_name }) => table_name)
}

const columnsIn = async (client: ClientBase, schema: string, table: string): Promise<string[]> => {
  const { rows } = await client.query(
    `select column_name from information_schema.columns where table_schema = $1 and table_name = $2
     order by ordinal_position`,
    [schema, table],
  )
  return rows.map(({ column_name }) => column_name)
}

/**
 * Shows a generation's tables under their plain names, as views, instead of those of the one before. Within the caller's
 * transaction; a query that runs meanwhile sees all of the one or all of the other.
 */
export const showLive = async (client: ClientBase, schema: string, before?: string): Promise<void> => {
  const tables = await tablesIn(client, schema)
  const gone = before ? await tablesIn(client, before) : []
  for (const table of [...new Set([...gone, ...tables])].sort()) {
    await client.query(`drop view if exists public.${table}`)
  }
  for (const table of tables) {
    const columns = (await columnsIn(client, schema, table)).filter((column) => !(column in logColumns))
    await client.query(`create view public.${table} as select ${columns.join(', ')} from ${schema}.${table}`)
  }
}
