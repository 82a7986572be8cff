import type { Pool } from 'pg'
import type { Position } from '#domain/shared/event.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { Comparison } from './compare.ts'
import { type Generation, readGenerations } from './control.ts'
import type { ProjectionState, ProjectionStatus } from './status.ts'

/** Says in the database how the generations are that this program runs, for programs that do not run them. */
export const writeReports = async (pool: Pool, statuses: readonly ProjectionStatus[]): Promise<void> => {
  if (statuses.length === 0) return
  await pool.query(
    `insert into noctuary.report (name, generation, state, error, head_position, standing_since, rate)
     select * from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[], $7::float8[])
     on conflict (name, generation) do update set state = excluded.state, error = excluded.error,
       head_position = excluded.head_position, standing_since = excluded.standing_since, rate = excluded.rate,
       reported_at = now()`,
    [
      statuses.map(({ name }) => name),
      statuses.map(({ generation }) => generation),
      statuses.map(({ state }) => state),
      statuses.map(({ error }) => error),
      statuses.map(({ head }) => head?.commit ?? null),
      statuses.map(({ standingSince }) => standingSince),
      statuses.map(({ rate }) => rate),
    ],
  )
}

/** Reports older than this are no longer believed. */
const believedS = 5

const states: readonly ProjectionState[] = [
  'starting',
  'standby',
  'catching-up',
  'comparing',
  'live',
  'paused',
  'waiting',
  'outdated',
  'stopped',
]

type ReportRow = {
  generation: number
  state: string
  error: string | null
  head_position: string | null
  standing_since: Instant | null
  rate: number | null
  fresh: boolean
  origin: Generation['origin']
  comparison: Comparison | null
  outcome: string | null
}

/** A generation's status with what became of its rebuild. */
export type GenerationReport = ProjectionStatus & {
  readonly origin: Generation['origin']
  readonly comparison: Comparison | null
  readonly outcome: string | null
}

const headOf = (commit: string | null): Position | null =>
  commit === null ? null : { commit: BigInt(commit), prepare: BigInt(commit) }

const reportOf = (status: Generation, row: ReportRow | undefined): GenerationReport => {
  const { name, version, generation, role, checkpoint, origin, paused } = status
  const said = row?.fresh ? (states.find((state) => state === row.state) ?? 'unattended') : 'unattended'
  const idle = role === 'old' ? 'outdated' : said
  return {
    ...{ name, version, generation, role, checkpoint, origin },
    state: paused ? 'paused' : idle,
    error: row?.error ?? null,
    head: headOf(row?.head_position ?? null),
    standingSince: row?.standing_since ?? null,
    rate: row?.rate ?? 0,
    comparison: row?.comparison ?? null,
    outcome: row?.outcome ?? null,
  }
}

/** All generations of these read models that have tables, as the programs that run them said last. */
export const readReports = async (pool: Pool, names: readonly string[]): Promise<GenerationReport[]> => {
  const known = await readGenerations(pool, names)
  const { rows } = await pool.query<ReportRow & { name: string }>(
    `select name, generation, state, error, head_position::text, standing_since, rate, origin, comparison, outcome,
       reported_at > now() - interval '${believedS} s' as fresh
     from noctuary.generation left join noctuary.report using (name, generation) where name = any($1)`,
    [names],
  )
  return known.map((generation) =>
    reportOf(
      generation,
      rows.find((row) => row.name === generation.name && row.generation === generation.generation),
    ),
  )
}

/** What became of one rebuild, long after its tables are gone; null if there never was one of this number. */
export const readOutcome = async (
  pool: Pool,
  name: string,
  generation: number,
): Promise<{ role: string; outcome: string | null; comparison: Comparison | null } | null> => {
  const { rows } = await pool.query(
    'select role, outcome, comparison from noctuary.generation where name = $1 and generation = $2',
    [name, generation],
  )
  return rows[0] ?? null
}
