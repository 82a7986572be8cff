import type { DeviceEvent } from '#domain/devices/events.ts'
import type { SafetyState, SafetyVerdictGiven } from '#domain/environment/events.ts'
import type { ObservationFinished } from '#domain/observing/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { ProcessCommandRefused, TimerFired } from '#domain/shared/process.ts'
import { type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { ControlMode, CourseEvent, Phase } from '../course-events.ts'
import type { PhaseTimes } from '../sun-phases.ts'
import { type Power, powerAfter } from './power.ts'

/** What the majordome listens to. */
export type MajordomeEvent = SafetyVerdictGiven | CourseEvent | DeviceEvent | ObservationFinished
export type Heard = Recorded<MajordomeEvent | TimerFired | ProcessCommandRefused>

export type Verdict = {
  readonly state: SafetyState
  readonly id: string
  readonly text: string
}

export type Shutter = 'open' | 'closed'

/** A conversation with a device that has no end yet, or how it ended. */
export type Asked<Wanted> = {
  readonly wanted: Wanted
  readonly conversationId: string
  readonly outcome: 'none' | 'done' | 'failed'
}

export type MajordomeState = {
  readonly night: string | null
  readonly phasesAt: PhaseTimes
  readonly phase: Phase | null
  readonly mode: ControlMode
  /** The newest verdict; null at the start, which counts as unknown. */
  readonly verdict: Verdict | null
  readonly power: Power
  readonly suspended: { readonly why: string; readonly closesRoof: boolean } | null
  /** What the dome was last asked for, by whomever. */
  readonly roof: Asked<Shutter> | null
  /** Conversations begun so far, which gives each its name. */
  readonly asked: number
  readonly openSince: Instant | null
  readonly openS: number
  readonly observations: number
  readonly over: boolean
}

export const initialMajordome: MajordomeState = {
  night: null,
  phasesAt: {},
  phase: null,
  mode: 'automatic',
  verdict: null,
  power: { state: 'unknown', lostBy: null },
  suspended: null,
  roof: null,
  asked: 0,
  openSince: null,
  openS: 0,
  observations: 0,
  over: false,
}

const verdictOf = ({ id, data: { state, reasons } }: Recorded<SafetyVerdictGiven>): Verdict => ({
  state,
  id,
  text: reasons[0]?.text ?? 'every quantity is within its limits',
})

const requested = (
  state: MajordomeState,
  { device, name, conversationId }: Extract<DeviceEvent, { type: 'DeviceCommandRequested' }>['data'],
): MajordomeState => {
  const begun = { conversationId, outcome: 'none' } as const
  const asked = state.asked + 1
  if (device === 'dome' && name === 'open') return { ...state, asked, roof: { wanted: 'open', ...begun } }
  if (device === 'dome' && name === 'close') return { ...state, asked, roof: { wanted: 'closed', ...begun } }
  return state
}

const ended = (
  state: MajordomeState,
  conversationId: string,
  outcome: Asked<Shutter>['outcome'],
): MajordomeState => {
  const { roof } = state
  if (roof?.conversationId === conversationId) return { ...state, roof: { ...roof, outcome } }
  return state
}

/** Closed is what the limit switch says. */
const shutterSeen = (state: MajordomeState, closedSwitch: unknown, at: Instant): MajordomeState => {
  if (closedSwitch !== true) return { ...state, openSince: state.openSince ?? at }
  if (state.openSince === null) return state
  return { ...state, openSince: null, openS: state.openS + secondsBetween(state.openSince, at) }
}

const begun = (state: MajordomeState, event: Recorded<Extract<CourseEvent, { type: 'NightOpened' }>>) => ({
  ...initialMajordome,
  verdict: state.verdict,
  power: state.power,
  roof: state.roof,
  asked: state.asked,
  openSince: state.openSince,
  night: event.metadata.night,
  phasesAt: event.data.phasesAt,
  mode: event.data.mode,
})

export const evolve = (state: MajordomeState, event: Heard): MajordomeState => {
  switch (event.type) {
    case 'SafetyVerdictGiven':
      return { ...state, verdict: verdictOf(event), power: powerAfter(state.power, event) }
    case 'NightOpened':
      return begun(state, event)
    case 'NightPhaseEntered':
      return { ...state, phase: event.data.phase }
    case 'ObservingSuspended':
      return { ...state, suspended: { why: event.data.why, closesRoof: event.data.closesRoof } }
    case 'ObservingResumed':
      return { ...state, suspended: null }
    case 'ControlModeChanged':
      return { ...state, mode: event.data.mode }
    case 'NightClosed':
      return { ...state, over: true }
    case 'ObservationFinished':
      return { ...state, observations: state.observations + 1 }
    case 'DeviceCommandRequested':
      return requested(state, event.data)
    case 'DeviceCommandCompleted':
      return ended(state, event.data.conversationId, 'done')
    case 'DeviceCommandRefused':
    case 'DeviceCommandFailed':
    case 'DeviceCommandTimedOut':
      return ended(state, event.data.conversationId, 'failed')
    case 'DeviceStatusRecorded':
      return event.data.device === 'dome'
        ? shutterSeen(state, event.data.status['closedSwitch'], event.metadata.occurredAt)
        : state
    case 'DeviceCommandAgreed':
    case 'DeviceAlarmRaised':
    case 'DeviceLinkLost':
    case 'DeviceLinkRestored':
    case 'TimerFired':
    case 'ProcessCommandRefused':
      return state
  }
}
