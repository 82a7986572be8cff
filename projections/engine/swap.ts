import type { ClientBase } from 'pg'
import { comeTo, type Finishing } from './come-to.ts'
import { type Generation, lockControl, readGeneration, readGenerations, tellRunners } from './control.ts'
import { schemaOfGeneration } from './generations.ts'
import { showLive } from './show-live.ts'
import { inTransaction } from './transaction.ts'

/** Readers of the views wait at the most so long for a swap; then it lets them through and tries again. */
const [waitForReadersMs, pauseMs] = [100, 50]

/** Somebody reads the views just now. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '55P03' || error.code === '40P01')

/** Turns the readers from one generation to another, within the caller's transaction. */
export const turnReaders = async (client: ClientBase, live: Generation, next: Generation): Promise<void> => {
  await client.query(
    `update noctuary.generation set role = 'old', ended_at = now() where name = $1 and generation = $2`,
    [live.name, live.generation],
  )
  await client.query(
    `update noctuary.generation set role = 'live', outcome = 'swapped', ended_at = now() where name = $1 and generation = $2`,
    [next.name, next.generation],
  )
  await client.query(`set local lock_timeout = ${waitForReadersMs}`)
  await showLive(client, schemaOfGeneration(next), schemaOfGeneration(live))
  await tellRunners(client)
}

const once = (finishing: Finishing, signal: AbortSignal): Promise<boolean> =>
  inTransaction(finishing.pool, async (client) => {
    const next = finishing.generation
    await lockControl(client)
    const known = await readGenerations(client, [next.name])
    const live = known.find(({ role }) => role === 'live')
    const building = known.find(
      ({ generation, role }) => generation === next.generation && role === 'building',
    )
    if (!live || !building || building.paused) return false
    const held = await readGeneration(client, live, true)
    await comeTo(finishing, held?.checkpoint.position ?? null, signal)
    await turnReaders(client, live, next)
    return true
  })

/** Puts a generation into the live one's place, in one transaction: readers never see rows older than those before. */
export const swap = async (finishing: Finishing, signal: AbortSignal): Promise<boolean> => {
  const { clock, flusher } = finishing
  while (!signal.aborted) {
    try {
      return await once(finishing, signal)
    } catch (error) {
      if (!isBusy(error)) throw error
    } finally {
      flusher.goOn()
    }
    await clock.sleepUntil(clock.now() + pauseMs, signal)
  }
  return false
}
