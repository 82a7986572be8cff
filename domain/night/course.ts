import type { Decider } from '#domain/shared/decider.ts'
import { Refusal } from '#domain/shared/refusal.ts'
import { type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { CourseCommand } from './course-commands.ts'
import { type ControlMode, type CourseEvent, type Phase, phases } from './course-events.ts'

export type CourseState = {
  readonly opened: boolean
  readonly closed: boolean
  readonly phase: Phase | null
  readonly mode: ControlMode
  readonly suspended: { readonly since: Instant; readonly closesRoof: boolean } | null
}

const asleep: CourseState = { opened: false, closed: false, phase: null, mode: 'automatic', suspended: null }

const evolve = (state: CourseState, event: CourseEvent, occurredAt: Instant): CourseState => {
  switch (event.type) {
    case 'NightOpened':
      return { ...state, opened: true, mode: event.data.mode }
    case 'NightPhaseEntered':
      return { ...state, phase: event.data.phase }
    case 'ObservingSuspended': {
      const since = state.suspended?.since ?? occurredAt
      return { ...state, suspended: { since, closesRoof: event.data.closesRoof } }
    }
    case 'ObservingResumed':
      return { ...state, suspended: null }
    case 'ControlModeChanged':
      return { ...state, mode: event.data.mode }
    case 'NightClosed':
      return { ...state, closed: true }
  }
}

/** A night goes one way; the day after the calibrations is its end. */
const orderOf = (phase: Phase): number => (phase === 'day' ? phases.length : phases.indexOf(phase))

const enterPhase = (
  { phase, sunAltitudeDeg }: Extract<CourseCommand, { type: 'EnterPhase' }>,
  state: CourseState,
): CourseEvent[] =>
  state.phase !== null && orderOf(phase) <= orderOf(state.phase)
    ? []
    : [{ type: 'NightPhaseEntered', data: { phase, previous: state.phase, sunAltitudeDeg } }]

const suspend = (
  { why, detail, verdictId, closesRoof }: Extract<CourseCommand, { type: 'SuspendObserving' }>,
  { suspended }: CourseState,
): CourseEvent[] =>
  suspended && (suspended.closesRoof || !closesRoof)
    ? []
    : [{ type: 'ObservingSuspended', data: { why, detail, verdictId, closesRoof } }]

const resume = (
  { detail, verdictId, at }: Extract<CourseCommand, { type: 'ResumeObserving' }>,
  { suspended }: CourseState,
): CourseEvent[] =>
  suspended
    ? [
        {
          type: 'ObservingResumed',
          data: { detail, verdictId, suspendedS: Math.max(0, secondsBetween(suspended.since, at)) },
        },
      ]
    : []

const changeMode = (
  { mode, why, byPerson }: Extract<CourseCommand, { type: 'ChangeControlMode' }>,
  state: CourseState,
): CourseEvent[] => {
  if (mode === state.mode) return []
  if (state.mode === 'engineering' && !byPerson)
    throw new Refusal('engineering_mode', 'nothing but a person leaves engineering mode')
  return [{ type: 'ControlModeChanged', data: { mode, previous: state.mode, why } }]
}

const decide = (command: CourseCommand, state: CourseState): CourseEvent[] => {
  if (command.type === 'OpenNight')
    return state.opened
      ? []
      : [{ type: 'NightOpened', data: { phasesAt: command.phasesAt, mode: command.mode } }]
  if (!state.opened) throw new Refusal('night_not_open', `the night of ${command.night} is not open yet`)
  // What comes late to a night that is over changes nothing, but for the mode, which the next one takes on.
  if (state.closed && command.type !== 'ChangeControlMode') return []
  switch (command.type) {
    case 'EnterPhase':
      return enterPhase(command, state)
    case 'SuspendObserving':
      return suspend(command, state)
    case 'ResumeObserving':
      return resume(command, state)
    case 'ChangeControlMode':
      return changeMode(command, state)
    case 'CloseNight': {
      const { observations, openS, summary } = command
      return [{ type: 'NightClosed', data: { observations, openS, summary } }]
    }
  }
}

/** The course of one night: its phases, its mode, and whether observing is suspended. */
export const course: Decider<CourseState, CourseCommand, CourseEvent> = { initial: asleep, evolve, decide }
