import type { Pool } from 'pg'
import { z } from 'zod'
import type { Checkpoint } from './control.ts'
import type { FoldedBatch, RowEffect } from './fold.ts'
import type { Tables } from './table.ts'

/** What a read model's transaction changed, once it is committed. */
export const modelChangeSchema = z.object({
  model: z.string(),
  /** The log's commit position up to which the rows speak, in decimal digits: what `x-position` says. */
  position: z.string().regex(/^\d+$/),
  /** Empty: nobody knows which. */
  tables: z.array(z.string()),
  keys: z.array(z.object({ table: z.string(), key: z.record(z.string(), z.unknown()) })),
  /** Whether `keys` are all rows that changed. */
  complete: z.boolean(),
})

export type ModelChange = z.output<typeof modelChangeSchema>

/** With how many events of the log it has taken: who listens sees by it what it was not told. */
export const toldSchema = modelChangeSchema.extend({ events: z.number().int() })

export type ToldChange = z.output<typeof toldSchema>

export const changesChannel = 'noctuary_read_models'

const mostKeys = 50
/** Postgres takes less than 8,000 bytes. */
const mostBytes = 7_900

const keyOf = (effect: RowEffect, columns: readonly string[]): Record<string, unknown> => {
  const row = effect.kind === 'patch' ? effect.key : effect.row
  return Object.fromEntries(columns.map((column) => [column, row[column]]))
}

export const changeOf = (
  model: string,
  tables: Tables,
  batch: FoldedBatch,
  { position, events }: Checkpoint,
): ToldChange => {
  const keys: ToldChange['keys'] = []
  let changed = 0
  for (const [table, effects] of batch) {
    changed += effects.size
    for (const effect of effects.values()) {
      if (keys.length >= mostKeys) break
      keys.push({ table, key: keyOf(effect, tables[table]?.key ?? []) })
    }
  }
  const complete = changed === keys.length
  return { model, position: `${position?.commit ?? 0}`, tables: [...batch.keys()], keys, complete, events }
}

const isSame = (one: ToldChange['keys'][number], other: ToldChange['keys'][number]): boolean =>
  one.table === other.table && JSON.stringify(one.key) === JSON.stringify(other.key)

/** Two changes as one, the second being the later. */
export const both = (before: ToldChange, after: ToldChange): ToldChange => {
  const all = [...before.keys, ...after.keys.filter((key) => !before.keys.some((old) => isSame(old, key)))]
  const keys = all.slice(0, mostKeys)
  const complete = before.complete && after.complete && keys.length === all.length
  const known = before.tables.length > 0 && after.tables.length > 0
  return { ...after, tables: known ? [...new Set([...before.tables, ...after.tables])] : [], keys, complete }
}

/** As much of it as one notification can carry. */
export const payloadOf = (change: ToldChange): string => {
  const text = JSON.stringify(change)
  if (Buffer.byteLength(text) <= mostBytes) return text
  return payloadOf({ ...change, keys: change.keys.slice(0, change.keys.length >> 1), complete: false })
}

/**
 * Tells every program on this database what changed, after the commit: in the transaction itself it would make all
 * committing projections wait for each other. While one notification is on its way the next changes become one. One
 * that is lost is made up for by who listens, see {@link hearChanges}.
 */
export const changeTeller = (pool: Pool): ((change: ToldChange) => void) => {
  let waiting: ToldChange | null = null
  let telling = false
  const tellAll = async (): Promise<void> => {
    telling = true
    for (let change = waiting; change; change = waiting) {
      waiting = null
      await pool.query('select pg_notify($1, $2)', [changesChannel, payloadOf(change)]).catch(() => {})
    }
    telling = false
  }
  return (change) => {
    waiting = waiting ? both(waiting, change) : change
    if (!telling) void tellAll()
  }
}
