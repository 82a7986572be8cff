import type { Pool } from 'pg'
import type { Clock } from '#domain/shared/clock.ts'
import { changesChannel, type ModelChange, type ToldChange, toldSchema } from './changes.ts'

/** How often it is looked whether a notification was lost, and how long a broken line is left alone. */
const [lookMs, retryMs] = [2_000, 500]

type Standing = { readonly events: number; readonly position: string }

const standings = async (pool: Pool): Promise<ReadonlyMap<string, Standing>> => {
  const { rows } = await pool.query<{ name: string; events: number; position: string | null }>(
    `select name, events, commit_position::text as position from noctuary.generation where role = 'live'`,
  )
  return new Map(rows.map(({ name, events, position }) => [name, { events, position: position ?? '0' }]))
}

/**
 * Hears which read models changed, in whichever process they are run, until `signal` ends: each change at least once
 * after its transaction is committed, in order. What was lost on the way (a killed runner, a broken line) is noticed
 * within four seconds and told as a change of unknown tables.
 */
export const hearChanges = async (
  { pool, clock }: { readonly pool: Pool; readonly clock: Clock },
  hear: (change: ModelChange) => void,
  signal: AbortSignal,
): Promise<void> => {
  const told = new Map<string, number>()
  let before: ReadonlyMap<string, Standing> | null = null

  const take = ({ events, ...change }: ToldChange) => {
    told.set(change.model, events)
    hear(change)
  }

  const lookForLost = async (): Promise<void> => {
    const now = await standings(pool)
    for (const [model, { events, position }] of now) {
      const known = told.get(model)
      // What moves just now is told just now.
      const stands = before?.get(model)?.events === events
      if (before === null || (known === undefined && stands)) told.set(model, events)
      else if (stands && known !== events)
        take({ model, position, tables: [], keys: [], complete: false, events })
    }
    before = now
  }

  const pause = (ms: number) => clock.sleepUntil(clock.now() + ms, signal).catch(() => {})

  const listen = async (): Promise<void> => {
    const client = await pool.connect()
    const broken = new AbortController()
    const stop = AbortSignal.any([signal, broken.signal])
    client.on('error', () => broken.abort()).once('end', () => broken.abort())
    client.on('notification', ({ payload }) => {
      const read = toldSchema.safeParse(JSON.parse(payload ?? 'null'))
      if (read.success) take(read.data)
    })
    try {
      await client.query(`listen ${changesChannel}`)
      while (!stop.aborted) {
        await lookForLost()
        await clock.sleepUntil(clock.now() + lookMs, stop).catch(() => {})
      }
    } finally {
      client.release(true)
    }
  }

  while (!signal.aborted) {
    await listen().catch(() => {})
    if (!signal.aborted) await pause(retryMs)
  }
}
