import type { Pool } from 'pg'
import { advance } from './checkpoint.ts'
import { type Checkpoint, type Generation, readGeneration } from './control.ts'
import { handledTypes, type Projection } from './definition.ts'
import { type EventFeed, PoisonEvent } from './event-feed.ts'
import { finishRebuild } from './finish-rebuild.ts'
import { Flusher } from './flusher.ts'
import { schemaOfGeneration } from './generations.ts'
import type { ProjectionState } from './status.ts'

type Report = (state: ProjectionState, checkpoint: Checkpoint, error?: string | null) => void

export type GenerationRun = {
  readonly pool: Pool
  readonly feed: EventFeed
  readonly projection: Projection
  readonly generation: Generation
  readonly report: Report
}

/**
 * Follows the log as the one active runner until `signal` ends it or the line breaks. Rejects with {@link PoisonEvent}
 * when an event cannot be taken: all before it is written then. A building generation takes the live one's place.
 */
export const runGeneration = async (
  { pool, feed, projection, generation, report }: GenerationRun,
  signal: AbortSignal,
): Promise<void> => {
  const current = await readGeneration(pool, generation)
  if (!current) return
  report('catching-up', current.checkpoint)
  const broken = new AbortController()
  const stop = AbortSignal.any([signal, broken.signal])
  let finishing: Promise<void> | null = current.role === 'building' ? null : Promise.resolve()
  const finish = async () => {
    report('comparing', flusher.checkpoint)
    await finishRebuild({ pool, feed, projection, generation: current, flusher }, stop)
  }
  const flusher: Flusher = new Flusher({
    pool,
    projection,
    schema: schemaOfGeneration(current),
    checkpoint: current.checkpoint,
    advance: (client, from, to) => advance(client, current, from, to),
    failed: (error) => broken.abort(error),
    written: (reached, caughtUp) => {
      report(caughtUp ? 'live' : 'catching-up', reached)
      if (caughtUp) finishing ??= finish().catch((error) => broken.abort(error))
    },
  })
  try {
    for await (const batch of feed.follow(handledTypes(projection), current.checkpoint.position, stop)) {
      await flusher.take(batch)
      if (stop.aborted) break
    }
  } catch (error) {
    if (!(error instanceof PoisonEvent)) throw error
    flusher.takePoison(error)
  } finally {
    await flusher.idle()
    await finishing
  }
  broken.signal.throwIfAborted()
}
