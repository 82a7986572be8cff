import type { Pool } from 'pg'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position } from '#domain/shared/event.ts'
import type { Instant } from '#domain/shared/time.ts'
import { changeOf, changeTeller } from './changes.ts'
import { advance } from './checkpoint.ts'
import { type Checkpoint, type Generation, readGeneration } from './control.ts'
import { handledTypes, type Projection } from './definition.ts'
import { type EventFeed, PoisonEvent } from './event-feed.ts'
import { finishRebuild } from './finish-rebuild.ts'
import { Flusher } from './flusher.ts'
import { schemaOfGeneration } from './generations.ts'
import { storedTables } from './log-columns.ts'
import type { ProjectionState } from './status.ts'
import { watchProgress } from './watch-progress.ts'
import { isDue, keepWaypoint } from './waypoints.ts'

export type GenerationRun = {
  readonly pool: Pool
  readonly feed: EventFeed
  readonly clock: Clock
  readonly projection: Projection
  readonly generation: Generation
  readonly head: () => Position | null
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
  readonly report: (state: ProjectionState, checkpoint: Checkpoint) => void
  readonly standing: (since: Instant | null) => void
}

/**
 * Follows the log as the one active runner until `signal` ends it or the line breaks. Rejects with {@link PoisonEvent}
 * when an event cannot be taken: all before it is written then. A building generation takes the live one's place.
 */
export const runGeneration = async (run: GenerationRun, signal: AbortSignal): Promise<void> => {
  const { pool, feed, projection, report } = run
  const generation = await readGeneration(pool, run.generation)
  if (!generation) return
  report('catching-up', generation.checkpoint)
  const broken = new AbortController()
  const stop = AbortSignal.any([signal, broken.signal])
  const fail = (error: unknown) => broken.abort(error)
  let isLive = generation.role === 'live'
  let finishing: Promise<void> | null = isLive ? Promise.resolve() : null
  const tell = changeTeller(pool)

  const finish = async () => {
    isLive = await run.inTurn(() => finishRebuild({ ...run, generation, flusher }, stop))
    if (!isLive) return
    report('live', flusher.checkpoint)
    tell({ ...changeOf(projection.name, {}, new Map(), flusher.checkpoint), complete: false })
  }
  const flusher: Flusher = new Flusher({
    pool,
    projection,
    schema: schemaOfGeneration(generation),
    tables: storedTables(projection.tables),
    stamps: true,
    checkpoint: generation.checkpoint,
    afterRows: async (client, from, to) => {
      if (isDue(from, to)) await keepWaypoint(client, projection, generation, to)
    },
    advance: (client, from, to) => advance(client, generation, from, to),
    changed: (batch, to) => {
      if (isLive) tell(changeOf(projection.name, projection.tables, batch, to))
    },
    failed: fail,
    written: (reached, caughtUp) => {
      const there = isLive ? 'live' : 'comparing'
      report(caughtUp ? there : 'catching-up', reached)
      if (caughtUp) finishing ??= finish().catch(fail)
    },
  })
  const watching = watchProgress({ ...run, flusher }, stop).catch(fail)
  try {
    for await (const batch of feed.follow(handledTypes(projection), generation.checkpoint.position, stop)) {
      await flusher.take(batch)
      if (stop.aborted) break
    }
  } catch (error) {
    if (!(error instanceof PoisonEvent)) throw error
    flusher.takePoison(error)
  } finally {
    await flusher.idle()
    flusher.end()
    fail(new Error('the log ended the line'))
    await Promise.all([finishing, watching])
  }
  if (!signal.aborted) throw broken.signal.reason
}
