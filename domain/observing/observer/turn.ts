import type { Effect } from '#domain/shared/process.ts'
import { addSeconds, epochMsOf, type Instant, instantOf } from '#domain/shared/time.ts'
import type { MissReason, ObservationCommand } from '../commands.ts'
import type { Heard, ObserverState, Placed } from './state.ts'
import { imagesIn, linesOf } from './steps.ts'

type Effects = readonly Effect<ObservationCommand>[]

/** Nothing is lost by beginning this much later than the plan's slack has it. */
const graceS = 30

/** The sequence whose turn it is, or will be next. */
export const nextPlaced = ({ schedule, past, wanted }: ObserverState): Placed | undefined =>
  schedule?.placed.find(({ sequenceId }) => !past.has(sequenceId) && wanted.has(sequenceId))

/** What keeps the observer from beginning; null when nothing does. A verdict of `warn` lets what runs go on, no more. */
export const hindrance = (state: ObserverState): { why: MissReason; detail: string } | null => {
  if (state.mode !== 'automatic') return { why: 'manual', detail: `${state.mode} mode` }
  if (state.suspended) return { why: 'suspended', detail: `observing is suspended (${state.suspended})` }
  if (state.phase !== 'observing')
    return { why: 'too-late', detail: `it is no time for observing: ${state.phase}` }
  if (state.running) return { why: 'busy', detail: `${state.running.sequenceId} was being observed` }
  if (state.verdict !== 'safe')
    return { why: 'suspended', detail: `the verdict is ${state.verdict ?? 'unknown'}: nothing new is begun` }
  if (!state.roofOpen) return { why: 'dome-closed', detail: 'the roof is not open' }
  return state.telescopeReady ? null : { why: 'device', detail: 'the telescope is parked' }
}

const latestStart = ({ startsAt, slackAfterS }: Placed): Instant => addSeconds(startsAt, slackAfterS + graceS)

const begin = (state: ObserverState, placed: Placed, at: Instant): Effects => {
  const { sequenceId, requestId, startsAt, endsAt, setupAt } = placed
  const wanted = state.wanted.get(sequenceId)
  if (!wanted || !state.schedule) return []
  const { sequence, eventId } = wanted
  const attempt = (state.attempts.get(sequenceId) ?? 0) + 1
  const lastsMs = epochMsOf(endsAt) - Math.min(epochMsOf(startsAt), epochMsOf(setupAt))
  const imagesExpected = imagesIn(linesOf(sequence, { sequenceId, attempt }))
  return [
    {
      kind: 'dispatch',
      command: {
        type: 'StartObservation',
        sequenceId,
        requestId,
        attempt,
        scheduleVersion: state.schedule.version,
        endsExpectedAt: instantOf(epochMsOf(at) + lastsMs),
        imagesExpected,
        scheduleId: state.schedule.id,
        requestEventId: eventId,
      },
    },
  ]
}

const miss = (state: ObserverState, { sequenceId, requestId }: Placed): Effects => {
  const scheduleVersion = state.schedule?.version ?? 1
  const attempt = (state.attempts.get(sequenceId) ?? 0) + 1
  const { why, detail } = hindrance(state) ?? { why: 'too-late', detail: 'its time had passed' }
  return [
    {
      kind: 'dispatch',
      command: { type: 'MissSequence', sequenceId, requestId, attempt, scheduleVersion, why, detail },
    },
  ]
}

/** Looks who is next: begins what is due, gives up what can no longer be begun, and otherwise waits. */
export const turn = (state: ObserverState, { metadata: { occurredAt: at } }: Heard): Effects => {
  const placed = nextPlaced(state)
  if (!placed || state.running) return []
  if (at < placed.setupAt) return [{ kind: 'wakeAt', timer: 'turn', at: placed.setupAt }]
  const last = latestStart(placed)
  if (at > last) return miss(state, placed)
  if (!hindrance(state)) return begin(state, placed, at)
  return [{ kind: 'wakeAt', timer: 'turn', at: addSeconds(last, 1) }]
}
