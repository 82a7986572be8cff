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

/** What the dome was last told. */
export type Roof = Asked<Shutter> & {
  /** A person's order: whether it succeeds is that person's affair. */
  readonly byPerson: boolean
  /** The status that showed it closed though nobody had told it to; null while it does as it is told. */
  readonly closedItselfBy: string | null
}

export type Telescope = {
  /** By its switch; null until it has told. */
  readonly parked: boolean | null
  readonly asked: Asked<'parked' | 'unparked'> | null
}

export type Suspended = {
  readonly why: string
  readonly closesRoof: boolean
  /** The time to wait before the roof is tried again has passed. */
  readonly retryDue: boolean
}

export type MajordomeState = {
  readonly night: string | null
  readonly phasesAt: PhaseTimes
  readonly phase: Phase | null
  readonly mode: ControlMode
  /** The newest verdict; null at the start, which counts as unknown. */
  readonly verdict: Verdict | null
  readonly power: Power
  readonly suspended: Suspended | null
  readonly roof: Roof | null
  readonly telescope: Telescope
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
  telescope: { parked: null, asked: null },
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

type OfDevice<Type extends DeviceEvent['type']> = Recorded<Extract<DeviceEvent, { type: Type }>>

const shutters: Readonly<Record<string, Shutter>> = { open: 'open', close: 'closed' }
const mounts = { park: 'parked', unpark: 'unparked' } as const

const told = (
  state: MajordomeState,
  { device, name, conversationId }: OfDevice<'DeviceCommandRequested' | 'DeviceCommandAgreed'>['data'],
  byPerson: boolean,
): MajordomeState => {
  const wanted = device === 'dome' ? shutters[name] : undefined
  const begun = { conversationId, outcome: 'none' } as const
  if (wanted) return { ...state, roof: { wanted, ...begun, byPerson, closedItselfBy: null } }
  if (device !== 'telescope' || (name !== 'park' && name !== 'unpark')) return state
  return { ...state, telescope: { ...state.telescope, asked: { wanted: mounts[name], ...begun } } }
}

/** What a person asks for may be refused: it counts when the device has agreed. */
const requested = (state: MajordomeState, { data, metadata }: OfDevice<'DeviceCommandRequested'>) => {
  const counted = { ...state, asked: state.asked + 1 }
  return metadata.actor.kind === 'user' ? counted : told(counted, data, false)
}

const agreed = (state: MajordomeState, { data }: OfDevice<'DeviceCommandAgreed'>): MajordomeState => {
  const isKnown = [state.roof, state.telescope.asked].some(
    (asked) => asked?.conversationId === data.conversationId,
  )
  return isKnown ? state : told(state, data, true)
}

const ended = (
  state: MajordomeState,
  conversationId: string,
  outcome: Asked<Shutter>['outcome'],
): MajordomeState => {
  const { roof, telescope } = state
  if (roof?.conversationId === conversationId) return { ...state, roof: { ...roof, outcome } }
  if (telescope.asked?.conversationId !== conversationId) return state
  return { ...state, telescope: { ...telescope, asked: { ...telescope.asked, outcome } } }
}

/** A telescope that would not is asked again when the situation has changed. */
const hopeful = ({ parked, asked }: Telescope): Telescope =>
  asked?.outcome === 'failed' ? { parked, asked: null } : { parked, asked }

/** The switch also ends a closing whose conversation is over, and tells of a roof that closed by itself. */
const roofSeenClosed = ({ roof }: MajordomeState, statusId: string): Roof | null => {
  if (roof?.wanted === 'closed' && roof.outcome === 'failed') return { ...roof, outcome: 'done' }
  if (roof?.wanted === 'open' && roof.outcome === 'done')
    return { ...roof, wanted: 'closed', byPerson: false, closedItselfBy: statusId }
  return roof
}

const shutterSeen = (
  state: MajordomeState,
  { id, data: { status }, metadata: { occurredAt: at } }: OfDevice<'DeviceStatusRecorded'>,
): MajordomeState => {
  if (status['closedSwitch'] !== true) return { ...state, openSince: state.openSince ?? at }
  const seen = { ...state, roof: roofSeenClosed(state, id) }
  if (state.openSince === null) return seen
  return { ...seen, openSince: null, openS: state.openS + secondsBetween(state.openSince, at) }
}

const statusSeen = (state: MajordomeState, event: OfDevice<'DeviceStatusRecorded'>): MajordomeState => {
  const { device, status } = event.data
  if (device === 'dome') return shutterSeen(state, event)
  const parked = status['parkSwitch']
  const { telescope } = state
  if (device !== 'telescope' || typeof parked !== 'boolean' || parked === telescope.parked) return state
  // What was asked for and done is no more, once somebody has moved it.
  const asked = telescope.asked?.outcome === 'none' ? telescope.asked : null
  return { ...state, telescope: { parked, asked } }
}

const begun = (state: MajordomeState, event: Recorded<Extract<CourseEvent, { type: 'NightOpened' }>>) => ({
  ...initialMajordome,
  verdict: state.verdict,
  power: state.power,
  roof: state.roof,
  telescope: state.telescope,
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
      return {
        ...state,
        suspended: { why: event.data.why, closesRoof: event.data.closesRoof, retryDue: false },
      }
    case 'ObservingResumed':
      return { ...state, suspended: null, telescope: hopeful(state.telescope) }
    case 'ControlModeChanged':
      return { ...state, mode: event.data.mode, telescope: hopeful(state.telescope) }
    case 'NightClosed':
      return { ...state, over: true }
    case 'ObservationFinished':
      return { ...state, observations: state.observations + 1 }
    case 'DeviceCommandRequested':
      return requested(state, event)
    case 'DeviceCommandAgreed':
      return agreed(state, event)
    case 'DeviceCommandCompleted':
      return ended(state, event.data.conversationId, 'done')
    case 'DeviceCommandRefused':
    case 'DeviceCommandFailed':
    case 'DeviceCommandTimedOut':
      return ended(state, event.data.conversationId, 'failed')
    case 'DeviceStatusRecorded':
      return statusSeen(state, event)
    case 'TimerFired':
      return event.data.timer === 'retry' && state.suspended
        ? { ...state, suspended: { ...state.suspended, retryDue: true } }
        : state
    case 'DeviceAlarmRaised':
    case 'DeviceLinkLost':
    case 'DeviceLinkRestored':
    case 'ProcessCommandRefused':
      return state
  }
}
