import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'
import type { agentsTables } from './agents/tables.ts'
import type { alertTables } from './alerts/tables.ts'
import type { devicesTables } from './devices/tables.ts'
import type { RowsOf } from './engine/table.ts'
import type { environmentTables } from './environment/tables.ts'
import type { imagesTables } from './images/tables.ts'
import type { journalTables } from './journal/tables.ts'
import type { nightsTables } from './nights/tables.ts'
import type { observationsTables } from './observations/tables.ts'
import type { programmesTables } from './programmes/tables.ts'
import type { quotasTables } from './quotas/tables.ts'
import type { requestsTables } from './requests/tables.ts'
import type { scheduleTables } from './schedule/tables.ts'
import type { sequencesTables } from './sequences/tables.ts'
import type { sitewatchTables } from './sitewatch/tables.ts'
import type { usersTables } from './users/tables.ts'
import type { weatherwatchTables } from './weatherwatch/tables.ts'

type WeatherwatchRows = RowsOf<typeof weatherwatchTables>
type SitewatchRows = RowsOf<typeof sitewatchTables>
type EnvironmentRows = RowsOf<typeof environmentTables>
type JournalRows = RowsOf<typeof journalTables>
type AgentsRows = RowsOf<typeof agentsTables>
type NightsRows = RowsOf<typeof nightsTables>
type ObservationsRows = RowsOf<typeof observationsTables>
type UsersRows = RowsOf<typeof usersTables>
type ProgrammesRows = RowsOf<typeof programmesTables>
type QuotasRows = RowsOf<typeof quotasTables>
type RequestsRows = RowsOf<typeof requestsTables>
type SequencesRows = RowsOf<typeof sequencesTables>
type ScheduleRows = RowsOf<typeof scheduleTables>
type AlertRows = RowsOf<typeof alertTables>
type DevicesRows = RowsOf<typeof devicesTables>
type ImagesRows = RowsOf<typeof imagesTables>

/**
 * What readers see: the live version of every read model, under its plain name. An interface, as the compiler works that
 * out once: with a computed intersection a check of the types took minutes.
 */
export interface ReadDatabase
  extends WeatherwatchRows,
    SitewatchRows,
    EnvironmentRows,
    JournalRows,
    AgentsRows,
    NightsRows,
    ObservationsRows,
    UsersRows,
    ProgrammesRows,
    QuotasRows,
    RequestsRows,
    SequencesRows,
    ScheduleRows,
    AlertRows,
    DevicesRows,
    ImagesRows {
  read_model_position: { name: string; commit_position: number | null }
}

export type ReadModels = Kysely<ReadDatabase>

export const readModels = (pool: Pool): ReadModels =>
  new Kysely<ReadDatabase>({ dialect: new PostgresDialect({ pool }) })
