import type { ClientBase } from 'pg'
import type { Checkpoint, Generation } from './control.ts'

/** Another runner moved the checkpoint, or the generation is gone: this one no longer has the lease, whatever it believes. */
export class CheckpointMoved extends Error {
  constructor(projection: string) {
    super(`another runner advanced ${projection}`)
    this.name = 'CheckpointMoved'
  }
}

/** Moves the checkpoint within the caller's transaction; fails with {@link CheckpointMoved} unless it stands at `from`. */
export const advance = async (
  client: ClientBase,
  { name, generation }: Pick<Generation, 'name' | 'generation'>,
  from: Checkpoint,
  to: Checkpoint,
): Promise<void> => {
  const { rowCount } = await client.query(
    `update noctuary.generation
     set commit_position = $5, prepare_position = $6, events = $7, last_occurred_at = $8
     where name = $1 and generation = $2 and role <> 'dropped'
       and commit_position is not distinct from $3 and prepare_position is not distinct from $4`,
    [
      name,
      generation,
      from.position?.commit ?? null,
      from.position?.prepare ?? null,
      to.position?.commit ?? null,
      to.position?.prepare ?? null,
      to.events,
      to.lastOccurredAt,
    ],
  )
  if (rowCount !== 1) throw new CheckpointMoved(name)
}
