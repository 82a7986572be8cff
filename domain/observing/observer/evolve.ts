import { abortGrounds } from './aborting.ts'
import type { Heard, ObserverState, Running, Wanted } from './state.ts'
import { conversationOf, linesOf } from './steps.ts'

/** Still running: no schedule knows its end. */
const never = 2n ** 63n - 1n

type RequestContent = {
  readonly requestId: string
  readonly sequences: readonly Wanted['sequence'][]
  readonly source: string
}

const without = (wanted: ObserverState['wanted'], ids: readonly string[]): Map<string, Wanted> => {
  const left = new Map(wanted)
  for (const id of ids) left.delete(id)
  return left
}

const asked = (
  state: ObserverState,
  { requestId, sequences, source }: RequestContent,
  eventId: string,
): ObserverState => {
  const others = [...state.wanted].filter(([, { requestId: of }]) => of !== requestId)
  const own = sequences.map((sequence): [string, Wanted] => [
    sequence.id,
    { requestId, sequence, eventId, isDrill: source === 'fake' },
  ])
  return { ...state, wanted: new Map([...others, ...own]) }
}

const started = (
  state: ObserverState,
  { id, data: { sequenceId, requestId, attempt }, metadata }: Extract<Heard, { type: 'ObservationStarted' }>,
): ObserverState => {
  const sequence = state.wanted.get(sequenceId)?.sequence
  const preparing = sequence?.target
    ? ['go-to', 'follow'].map((what) => conversationOf({ sequenceId, attempt }, what))
    : []
  const running: Running = {
    sequenceId,
    requestId,
    attempt,
    startedId: id,
    simulated: metadata.simulated ?? false,
    lines: sequence ? linesOf(sequence, { sequenceId, attempt }) : [],
    preparing,
    imagesTaken: 0,
    ending: false,
    isLast: false,
  }
  return {
    ...state,
    running,
    attempts: new Map([...state.attempts, [sequenceId, attempt]]),
    past: new Map([...state.past, [sequenceId, never]]),
  }
}

/** A conversation of the running observation came to its good end: a preparation, or an image. */
const completed = (state: ObserverState, conversationId: string): ObserverState => {
  const { running } = state
  if (!running) return state
  const preparing = running.preparing.filter((id) => id !== conversationId)
  const lines = running.lines.map((line) =>
    line.steps[line.done]?.conversationId === conversationId ? { ...line, done: line.done + 1 } : line,
  )
  return { ...state, running: { ...running, preparing, lines } }
}

/** A sequence that is placed anew, in the knowledge that it was missed or aborted, has its turn again. */
const published = (
  state: ObserverState,
  { id, data: { placed, scheduleVersion, basedOn } }: Extract<Heard, { type: 'SchedulePublished' }>,
): ObserverState => {
  const known = BigInt(basedOn.commit)
  const past = new Map([...state.past].filter(([, endedAt]) => endedAt > known))
  return { ...state, past, schedule: { id, version: scheduleVersion, placed } }
}

/** What runs and may go on is wanted until its end. */
const withdrawn = (
  { running, ...state }: ObserverState,
  { sequenceIds, stopRunning }: Extract<Heard, { type: 'RequestWithdrawn' }>['data'],
): ObserverState => {
  const goesOn = stopRunning === false && running !== null && sequenceIds.includes(running.sequenceId)
  if (!goesOn) return { ...state, running, wanted: without(state.wanted, sequenceIds) }
  const others = sequenceIds.filter((id) => id !== running.sequenceId)
  return { ...state, running: { ...running, isLast: true }, wanted: without(state.wanted, others) }
}

const ended = (state: ObserverState, sequenceId: string, at: bigint): ObserverState => {
  const past = new Map([...state.past, [sequenceId, at]])
  const { running } = state
  if (running?.sequenceId !== sequenceId) return { ...state, past }
  const wanted = running.isLast ? without(state.wanted, [sequenceId]) : state.wanted
  return { ...state, past, wanted, running: null }
}

const statusSeen = (
  state: ObserverState,
  { device, status }: Extract<Heard, { type: 'DeviceStatusRecorded' }>['data'],
): ObserverState => {
  if (device === 'dome') return { ...state, roofOpen: status['openSwitch'] === true }
  if (device !== 'telescope') return state
  return { ...state, telescopeReady: status['state'] !== 'parked' && status['state'] !== 'parking' }
}

const heard = (state: ObserverState, event: Heard): ObserverState => {
  switch (event.type) {
    case 'SafetyVerdictGiven':
      return { ...state, verdict: event.data.state }
    case 'NightOpened':
      return {
        ...state,
        night: event.metadata.night,
        phase: null,
        mode: event.data.mode,
        suspended: null,
        schedule: null,
        past: new Map(),
      }
    case 'NightPhaseEntered':
      return { ...state, phase: event.data.phase }
    case 'ObservingSuspended':
      return { ...state, suspended: event.data.why }
    case 'ObservingResumed':
      return { ...state, suspended: null }
    case 'ControlModeChanged':
      return { ...state, mode: event.data.mode }
    case 'RequestSubmitted':
      return asked(state, event.data, event.id)
    case 'RequestRevised':
      return event.data.submitted ? asked(state, event.data, event.id) : state
    case 'RequestWithdrawn':
      return withdrawn(state, event.data)
    case 'SchedulePublished':
      return published(state, event)
    case 'ObservationStarted':
      return started(state, event)
    case 'ImageAcquired':
      return state.running
        ? { ...state, running: { ...state.running, imagesTaken: state.running.imagesTaken + 1 } }
        : state
    case 'ObservationFinished':
    case 'ObservationAborted':
    case 'SequenceMissed':
      return ended(state, event.data.sequenceId, event.position.commit)
    case 'DeviceCommandCompleted':
      return completed(state, event.data.conversationId)
    case 'DeviceStatusRecorded':
      return statusSeen(state, event.data)
    case 'NightClosed':
    case 'RequestDrafted':
    case 'RequestRefused':
    case 'PlanStarted':
    case 'PlanFinished':
    case 'DeviceCommandRequested':
    case 'DeviceCommandAgreed':
    case 'DeviceAlarmRaised':
    case 'DeviceCommandRefused':
    case 'DeviceCommandFailed':
    case 'DeviceCommandTimedOut':
    case 'DeviceLinkLost':
    case 'DeviceLinkRestored':
    case 'TimerFired':
    case 'ProcessCommandRefused':
      return state
  }
}

/** From the decision to abort on nothing new is asked for, though the abort is on record only a moment later. */
export const evolve = (before: ObserverState, event: Heard): ObserverState => {
  const state = heard(before, event)
  const { running } = state
  const ends = running !== null && !running.ending && abortGrounds(state, event, running) !== null
  return ends ? { ...state, running: { ...running, ending: true } } : state
}
