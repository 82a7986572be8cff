import type { Pool } from 'pg'
import { comeTo, type Finishing } from './come-to.ts'
import { type Comparison, compare, differs } from './compare.ts'
import { type Generation, readGeneration, readGenerations, tellRunners } from './control.ts'
import { isAfter } from './position.ts'
import { swap } from './swap.ts'
import { inTransaction } from './transaction.ts'

/** How long the live generation may take to come to where the next one waits, and how often it is looked at. */
const [liveMayTakeMs, lookMs] = [3_000, 50]

const liveOf = async (pool: Pool, name: string): Promise<Generation | null> =>
  (await readGenerations(pool, [name])).find(({ role }) => role === 'live') ?? null

/** Waits, with the next generation held still, until the live one is where it stands or beyond. */
const awaitLive = async (
  { pool, clock, projection, generation, flusher }: Finishing,
  signal: AbortSignal,
) => {
  const { position } = await flusher.holdAt(flusher.checkpoint.position)
  for (const until = clock.now() + liveMayTakeMs; clock.now() < until; ) {
    const live = await liveOf(pool, generation.name)
    // One of another version nobody here can move.
    if (live?.version !== projection.version || !isAfter(position, live.checkpoint.position)) return
    await clock.sleepUntil(clock.now() + lookMs, signal)
  }
}

/** Compares both generations in one snapshot, taken while both stand at one position; then they go on. */
const compareWithLive = async (finishing: Finishing, signal: AbortSignal): Promise<Comparison | null> => {
  const { pool, projection, generation, flusher } = finishing
  await awaitLive(finishing, signal)
  const snapshot = await pool.connect()
  try {
    await inTransaction(pool, async (client) => {
      const live = await liveOf(pool, generation.name)
      const held = live && (await readGeneration(client, live, true))
      if (held) await comeTo(finishing, held.checkpoint.position, signal)
      await snapshot.query('begin isolation level repeatable read read only')
      await snapshot.query('select from noctuary.generation limit 1')
    })
    flusher.goOn()
    const known = await readGenerations(snapshot, [generation.name])
    const live = known.find(({ role }) => role === 'live')
    const next = known.find((one) => one.generation === generation.generation)
    return live && next ? await compare(snapshot, projection.tables, live, next) : null
  } finally {
    flusher.goOn()
    await snapshot.query('rollback').catch(() => {})
    snapshot.release()
  }
}

/** Whether the swap may follow: a person may have asked to look at differences first. */
const keepComparison = async (pool: Pool, { name, generation }: Generation, found: Comparison) => {
  const { rows } = await pool.query(
    `update noctuary.generation set comparison = $3, paused = paused or (hold and $4), hold = hold and not $4
     where name = $1 and generation = $2 and role = 'building' returning paused`,
    [name, generation, JSON.stringify(found), differs(found)],
  )
  if (rows[0]?.paused) await tellRunners(pool)
  return rows[0]?.paused === false
}

/** Compares a caught-up generation with the live one, and puts it in its place; says whether it did. */
export const finishRebuild = async (finishing: Finishing, signal: AbortSignal): Promise<boolean> => {
  if (signal.aborted) return false
  const { pool, generation } = finishing
  if (generation.origin === 'rebuild') {
    const found = await compareWithLive(finishing, signal)
    if (!found || !(await keepComparison(pool, generation, found))) return false
  }
  return swap(finishing, signal)
}
