import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'
import type { agentsTables } from './agents/tables.ts'
import type { alertTables } from './alerts/tables.ts'
import type { RowsOf, Tables } from './engine/table.ts'
import type { environmentTables } from './environment/tables.ts'
import type { journalTables } from './journal/tables.ts'
import type { programmesTables } from './programmes/tables.ts'
import type { quotasTables } from './quotas/tables.ts'
import type { requestsTables } from './requests/tables.ts'
import type { scheduleTables } from './schedule/tables.ts'
import type { sequencesTables } from './sequences/tables.ts'
import type { sitewatchTables } from './sitewatch/tables.ts'
import type { usersTables } from './users/tables.ts'
import type { weatherwatchTables } from './weatherwatch/tables.ts'

/** The tables of every projection in the catalogue. */
type AnyTables =
  | typeof weatherwatchTables
  | typeof sitewatchTables
  | typeof environmentTables
  | typeof journalTables
  | typeof agentsTables
  | typeof alertTables
  | typeof usersTables
  | typeof programmesTables
  | typeof quotasTables
  | typeof requestsTables
  | typeof sequencesTables
  | typeof scheduleTables
  | typeof alertTables

/** All members of a union at once. */
type AllOf<Union> = (Union extends Tables ? (rows: RowsOf<Union>) => void : never) extends (
  rows: infer All,
) => void
  ? All
  : never

/** What readers see: the live version of every read model, under its plain name. */
export type ReadDatabase = AllOf<AnyTables> & {
  read_model_position: { name: string; commit_position: number | null }
}

export type ReadModels = Kysely<ReadDatabase>

export const readModels = (pool: Pool): ReadModels =>
  new Kysely<ReadDatabase>({ dialect: new PostgresDialect({ pool }) })
