import type { Pool } from 'pg'
import { type Generation, lockControl, readGenerations, tellRunners } from './control.ts'
import type { Projection } from './definition.ts'
import type { Flusher } from './flusher.ts'
import { schemaOfGeneration, showLive } from './generations.ts'
import { inTransaction } from './transaction.ts'

/** Turns the readers to a generation, in one transaction, never to rows older than those they have seen. */
export const swap = (pool: Pool, projection: Projection, next: Generation, flusher: Flusher): Promise<void> =>
  inTransaction(pool, async (client) => {
    await lockControl(client)
    const known = await readGenerations(client, [next.name])
    const live = known.find(({ role }) => role === 'live')
    const still = known.find(({ generation, role }) => generation === next.generation && role === 'building')
    if (!live || !still) return
    await flusher.holdAt(live.checkpoint.position)
    await client.query(
      `update noctuary.generation set role = 'old', ended_at = now() where name = $1 and generation = $2`,
      [live.name, live.generation],
    )
    await client.query(
      `update noctuary.generation set role = 'live', outcome = 'swapped', ended_at = now() where name = $1 and generation = $2`,
      [next.name, next.generation],
    )
    await showLive(client, projection, schemaOfGeneration(next))
    await tellRunners(client)
  }).finally(() => flusher.goOn())
