import type { Pool } from 'pg'
import type { Generation } from './control.ts'
import type { Projection } from './definition.ts'
import type { EventFeed } from './event-feed.ts'
import type { Flusher } from './flusher.ts'
import { swap } from './swap.ts'

export type Finishing = {
  readonly pool: Pool
  readonly feed: EventFeed
  readonly projection: Projection
  readonly generation: Generation
  readonly flusher: Flusher
}

/** Puts a caught-up generation into the live one's place. */
export const finishRebuild = async (
  { pool, projection, generation, flusher }: Finishing,
  signal: AbortSignal,
) => {
  if (signal.aborted) return
  await swap(pool, projection, generation, flusher)
}
