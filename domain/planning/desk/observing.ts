import { isAcceptable, leastShareOf, leftAfter } from '#domain/requests/quotas/acceptability.ts'
import { addSeconds } from '#domain/shared/time.ts'
import type { Draft, Open } from './desk.ts'
import { askOf, type DeskEvent } from './desk-events.ts'

type ObservingEvent = Extract<
  DeskEvent,
  { type: 'ObservationStarted' | 'ObservationFinished' | 'ObservationAborted' | 'SequenceMissed' }
>
type Ended = Extract<ObservingEvent, { type: 'ObservationFinished' | 'ObservationAborted' }>

const timesOf = ({ sequence }: Open): number => sequence.cadence?.times ?? 1

/** A sequence after one more observation that counts; null when it was the last one wanted. */
const observedOnce = (open: Open, startedAt: string): Open | null => {
  const startedAts = [...open.startedAts, startedAt]
  return startedAts.length >= timesOf(open) ? null : { ...open, startedAts, share: 1 }
}

const end = (draft: Draft, event: Ended): void => {
  const { sequenceId } = event.data
  const startedAt = draft.running?.sequenceId === sequenceId ? draft.running.startsAt : null
  if (draft.running?.sequenceId === sequenceId) draft.running = null
  draft.asks = [...draft.asks, askOf(event, 'observation-ended')]
  const open = draft.open.get(sequenceId)
  if (!open) return
  const share = leftAfter(open.share, event.data)
  if (!isAcceptable(share, leastShareOf(open.sequence.minQuality))) {
    draft.open.set(sequenceId, { ...open, share })
    return
  }
  const more = observedOnce(open, startedAt ?? event.metadata.occurredAt)
  if (more) draft.open.set(sequenceId, more)
  else {
    draft.open.delete(sequenceId)
    draft.done.add(sequenceId)
  }
}

/** What becomes of sequences at the telescope. */
export const foldObserving = (draft: Draft, event: ObservingEvent): void => {
  switch (event.type) {
    case 'ObservationStarted': {
      const { sequenceId, requestId, endsExpectedAt } = event.data
      const startsAt = event.metadata.occurredAt
      // An end that is no later than the start would be no block at all.
      const endsAt = endsExpectedAt > startsAt ? endsExpectedAt : addSeconds(startsAt, 1)
      draft.running = { sequenceId, requestId, startsAt, endsAt }
      return
    }
    case 'ObservationFinished':
    case 'ObservationAborted':
      end(draft, event)
      return
    case 'SequenceMissed':
      draft.asks = [...draft.asks, askOf(event, 'observation-ended')]
      return
  }
}
