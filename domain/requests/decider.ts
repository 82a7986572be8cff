import { canonicalJson } from '#domain/shared/canonical-json.ts'
import type { Decider } from '#domain/shared/decider.ts'
import type {
  DraftRequest,
  RequestCommand,
  ReviseRequest,
  SubmitRequest,
  WithdrawRequest,
} from './commands.ts'
import type { AuthoredContent } from './content.ts'
import type { RequestContent, RequestEvent } from './events.ts'
import type { Fault } from './fault.ts'
import { InvalidRevision, RequestExists, RequestUnknown, RequestWithdrawnAlready } from './refusals.ts'
import { submittedAt } from './relative-time.ts'
import { sequenceIdOf } from './request-id.ts'
import { evolveRequest, noRequest, type RequestState } from './state.ts'
import { faultsOf } from './validation/validate.ts'

/** Gives ids: a sequence that is the same by name keeps its own, any other gets a number that was never used. */
const withIds = (content: AuthoredContent, requestId: string, state: RequestState): RequestContent => {
  const known = new Map(state.content?.sequences.map(({ name, id }) => [name, id]))
  let next = state.sequencesEver
  return {
    ...content,
    requestId,
    sequences: content.sequences.map((sequence) => ({
      ...sequence,
      id: known.get(sequence.name) ?? sequenceIdOf(requestId, ++next),
    })),
  }
}

const refused = ({ requestId, userId }: RequestContent, faults: readonly Fault[]): RequestEvent => ({
  type: 'RequestRefused',
  data: { requestId, userId, faults: [...faults] },
})

/** What comes of asking for it now. */
const submission = (
  content: RequestContent,
  { observatory, standing, at }: SubmitRequest | DraftRequest,
): RequestEvent => {
  const now = submittedAt(content, at)
  const faults = faultsOf(now, observatory, standing, at)
  return faults.length > 0 ? refused(now, faults) : { type: 'RequestSubmitted', data: now }
}

const draft = (command: DraftRequest, state: RequestState): RequestEvent[] => {
  const { requestId, raw, submit } = command
  if (state.status !== 'none') throw new RequestExists(requestId)
  const content = withIds(command.content, requestId, state)
  const drafted: RequestEvent = { type: 'RequestDrafted', data: { ...content, raw } }
  return submit ? [drafted, submission(content, command)] : [drafted]
}

const revise = (command: ReviseRequest, state: RequestState, before: RequestContent): RequestEvent[] => {
  const { requestId, raw, observatory, standing, at } = command
  const submitted = state.status === 'submitted'
  const written = withIds(command.content, requestId, state)
  const content = submitted ? submittedAt(written, at) : written
  if (canonicalJson(content) === canonicalJson(before)) return []
  const faults = submitted ? faultsOf(content, observatory, standing, at) : []
  if (faults.length > 0) throw new InvalidRevision(requestId, faults)
  const kept = new Set(content.sequences.map(({ id }) => id))
  const droppedSequenceIds = before.sequences.map(({ id }) => id).filter((id) => !kept.has(id))
  return [{ type: 'RequestRevised', data: { ...content, raw, submitted, droppedSequenceIds } }]
}

const withdraw = ({ requestId, why }: WithdrawRequest, { sequences }: RequestContent): RequestEvent[] => [
  { type: 'RequestWithdrawn', data: { requestId, sequenceIds: sequences.map(({ id }) => id), why } },
]

const decide = (command: RequestCommand, state: RequestState): RequestEvent[] => {
  if (command.type === 'DraftRequest') return draft(command, state)
  const { status, content } = state
  if (!content) throw new RequestUnknown(command.requestId)
  if (status === 'withdrawn') {
    if (command.type === 'WithdrawRequest') return []
    throw new RequestWithdrawnAlready(command.requestId)
  }
  switch (command.type) {
    case 'ReviseRequest':
      return revise(command, state, content)
    case 'SubmitRequest':
      return status === 'submitted' ? [] : [submission(content, command)]
    case 'WithdrawRequest':
      return withdraw(command, content)
  }
}

/**
 * A request's life: drafted, revised, submitted or refused, withdrawn. A revision of what the planner counts already must
 * be as good as a submission; one of a draft may be anything. Throws the errors of `refusals.ts`.
 */
export const request: Decider<RequestState, RequestCommand, RequestEvent> = {
  initial: noRequest,
  evolve: evolveRequest,
  decide,
}
