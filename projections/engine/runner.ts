import type { Pool } from 'pg'
import type { Clock } from '#domain/shared/clock.ts'
import { type Checkpoint, goLive, readCheckpoint, setUp } from './checkpoint.ts'
import { handledTypes, type Projection } from './definition.ts'
import { type EventFeed, PoisonEvent } from './event-feed.ts'
import { Flusher } from './flusher.ts'
import { acquireLease } from './lease.ts'

/**
 * `standby`: another runner has the lease. `waiting`: the log or Postgres does not answer; it tries again.
 * `stopped`: an event cannot be projected; nothing moves until a person acts.
 */
export type ProjectionState = 'starting' | 'standby' | 'catching-up' | 'live' | 'waiting' | 'stopped'

export type ProjectionStatus = {
  readonly name: string
  readonly version: number
  readonly state: ProjectionState
  readonly checkpoint: Checkpoint
  readonly error: string | null
}

export type RunnerParts = {
  readonly pool: Pool
  readonly feed: EventFeed
  readonly clock: Clock
  readonly onStatus: (status: ProjectionStatus) => void
}

const retryMs = 500

/** Follows the log as the one active runner until the line breaks, the lease is lost or `signal` ends it. */
const runWithLease = async (
  projection: Projection,
  { pool, feed }: RunnerParts,
  report: (state: ProjectionState, checkpoint: Checkpoint) => void,
  signal: AbortSignal,
): Promise<void> => {
  const checkpoint = await readCheckpoint(pool, projection)
  report('catching-up', checkpoint)
  const broken = new AbortController()
  let shown = false
  const flusher = new Flusher(pool, projection, checkpoint, {
    failed: (error) => broken.abort(error),
    written: (reached, caughtUp) => {
      report(caughtUp ? 'live' : 'catching-up', reached)
      if (!caughtUp || shown) return
      shown = true
      goLive(pool, projection).catch((error) => broken.abort(error))
    },
  })
  const stop = AbortSignal.any([signal, broken.signal])
  try {
    for await (const batch of feed.follow(handledTypes(projection), checkpoint.position, stop)) {
      await flusher.take(batch)
      if (stop.aborted) break
    }
  } finally {
    await flusher.idle()
  }
  broken.signal.throwIfAborted()
}

const attempt = async (
  projection: Projection,
  parts: RunnerParts,
  report: (state: ProjectionState, checkpoint?: Checkpoint) => void,
  signal: AbortSignal,
): Promise<void> => {
  await setUp(parts.pool, projection)
  const lease = await acquireLease(parts.pool, projection.name)
  if (!lease) return report('standby', await readCheckpoint(parts.pool, projection))
  try {
    await runWithLease(projection, parts, report, AbortSignal.any([signal, lease.lost]))
  } finally {
    await lease.release()
  }
}

/**
 * Runs a projection until `signal` ends it: exactly once whatever is killed, because rows and checkpoint are one
 * transaction. Never throws: what goes wrong is in its status. An event it cannot take stops it there, aloud.
 */
export const runProjection = async (
  projection: Projection,
  parts: RunnerParts,
  signal: AbortSignal,
): Promise<void> => {
  let checkpoint: Checkpoint = { position: null, events: 0, lastOccurredAt: null }
  const report = (state: ProjectionState, reached: Checkpoint = checkpoint, error: string | null = null) => {
    checkpoint = reached
    parts.onStatus({ name: projection.name, version: projection.version, state, checkpoint, error })
  }
  report('starting')
  while (!signal.aborted) {
    try {
      await attempt(projection, parts, report, signal)
    } catch (error) {
      if (signal.aborted) return
      const text = error instanceof Error ? error.message : String(error)
      if (error instanceof PoisonEvent) return report('stopped', checkpoint, text)
      report('waiting', checkpoint, text)
    }
    await parts.clock.sleepUntil(parts.clock.now() + retryMs, signal).catch(() => {})
  }
}
