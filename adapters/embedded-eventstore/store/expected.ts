/** Expected revisions as EventStoreDB numbers them: 0 and up exact. */
export const expectedRevision = { noStream: -1, any: -2, streamExists: -4 } as const

export type AppendOutcome =
  | { kind: 'appended'; revision: number; position: number | undefined }
  | { kind: 'wrong-revision'; expected: number; current: number }
  | { kind: 'deleted' }

/** What the rules need to know of a stream. */
export type StreamState = {
  tombstoned: boolean
  softDeleted: boolean
  hasMetadata: boolean
  /** Last revision, or -1. */
  current: number
  /** Revision of the event with this id in this stream, or -1. */
  revisionOf(id: string): number
  /** Id of the event at a revision. */
  idAt(revision: number): string | undefined
}

export type Verdict =
  | { kind: 'write' }
  | { kind: 'repeat'; revision: number }
  | { kind: 'wrong-revision' }
  | { kind: 'deleted' }

const write: Verdict = { kind: 'write' }
const wrong: Verdict = { kind: 'wrong-revision' }
const deleted: Verdict = { kind: 'deleted' }

/** EventStoreDB's rules of expected revisions and of idempotency by event id. */
export const judgeAppend = (state: StreamState, expected: number, ids: readonly string[]): Verdict => {
  if (state.tombstoned) return deleted
  if (expected === expectedRevision.streamExists) {
    if (state.softDeleted) return deleted
    if (state.current < 0 && !state.hasMetadata) return wrong
  }
  if (expected < expectedRevision.noStream) return judgeById(state, ids)
  if (expected < state.current) return judgeByPlace(state, expected, ids)
  return expected > state.current ? wrong : write
}

const judgeById = (state: StreamState, ids: readonly string[]): Verdict => {
  let revision = -1
  for (const id of ids) {
    const known = state.revisionOf(id)
    if (known < 0) return revision < 0 ? write : wrong
    revision = known
  }
  return revision < 0 ? write : { kind: 'repeat', revision }
}

const judgeByPlace = (state: StreamState, expected: number, ids: readonly string[]): Verdict => {
  const mismatch = ids.findIndex((id, i) => state.idAt(expected + 1 + i) !== id)
  if (mismatch === 0 && expected === expectedRevision.noStream && state.softDeleted) return write
  if (mismatch >= 0 || ids.length === 0) return wrong
  return { kind: 'repeat', revision: expected + ids.length }
}
