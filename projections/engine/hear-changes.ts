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
 * after its transaction is committed, in order. Begins, and begins again after its line broke, with a change of unknown
 * tables of each. A word that was lost (a runner killed right behind its commit) is noticed within four seconds, and
 * told as such a change too.
 */
export const hearChanges = async (
  { pool, clock }: { readonly pool: Pool; readonly clock: Clock },
  hear: (change: ModelChange) => void,
  signal: AbortSignal,
): Promise<void> => {
  const told = new Map<string, number>()
  let before: ReadonlyMap<string, Standing> = new Map()

  const take = ({ events, ...change }: ToldChange) => {
    told.set(change.model, events)
    hear(change)
  }
  const takeUnknown = (model: string, standing: Standing) =>
    take({ model, tables: [], keys: [], complete: false, ...standing })

  const begin = async (): Promise<void> => {
    before = await standings(pool)
    for (const [model, standing] of before) takeUnknown(model, standing)
  }

  const lookForLost = async (): Promise<void> => {
    const now = await standings(pool)
    for (const [model, standing] of now) {
      // What moves just now is told just now.
      const stands = before.get(model)?.events === standing.events
      if (stands && told.get(model) !== standing.events) takeUnknown(model, standing)
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
      await begin()
      while (!stop.aborted) {
        await clock.sleepUntil(clock.now() + lookMs, stop).catch(() => {})
        if (!stop.aborted) await lookForLost()
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
