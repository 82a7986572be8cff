import type { DeviceEvent } from '#domain/devices/events.ts'
import type { SafetyState, SafetyVerdictGiven } from '#domain/environment/events.ts'
import type { ControlMode, CourseEvent, Phase } from '#domain/night/course-events.ts'
import type { SchedulePublished } from '#domain/planning/events.ts'
import type { RequestEvent } from '#domain/requests/events.ts'
import type { Sequence } from '#domain/requests/sequence.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { ProcessCommandRefused, TimerFired } from '#domain/shared/process.ts'
import type { ObservingEvent } from '../events.ts'
import type { Line } from './steps.ts'

export type ObserverEvent =
  | SafetyVerdictGiven
  | CourseEvent
  | DeviceEvent
  | RequestEvent
  | SchedulePublished
  | ObservingEvent
export type Heard = Recorded<ObserverEvent | TimerFired | ProcessCommandRefused>

export type Placed = SchedulePublished['data']['placed'][number]

/** A sequence that was asked for, with what it belongs to. */
export type Wanted = {
  readonly requestId: string
  readonly sequence: Sequence
  /** The event that asks for it as it is. */
  readonly eventId: string
  /** Only simulated devices may act on it. */
  readonly isDrill: boolean
}

export type Running = {
  readonly sequenceId: string
  readonly requestId: string
  readonly attempt: number
  /** The event that says so. */
  readonly startedId: string
  readonly simulated: boolean
  readonly lines: readonly Line[]
  /** What must be done before the first exposure: the telescope on its target, the dome behind it. */
  readonly preparing: readonly string[]
  readonly imagesTaken: number
  /** It was decided to abort it; what its devices still say changes nothing. */
  readonly ending: boolean
  /** Withdrawn, and let go on to its end. */
  readonly isLast: boolean
}

export type ObserverState = {
  readonly night: string | null
  readonly phase: Phase | null
  readonly mode: ControlMode
  readonly verdict: SafetyState | null
  readonly suspended: string | null
  readonly roofOpen: boolean
  /** Unparked. */
  readonly telescopeReady: boolean
  readonly wanted: ReadonlyMap<string, Wanted>
  /** Attempts begun, by sequence. */
  readonly attempts: ReadonlyMap<string, number>
  /** Sequences that had their turn, and where in the log it ended; a schedule made without knowing it does not count. */
  readonly past: ReadonlyMap<string, bigint>
  readonly schedule: {
    readonly id: string
    readonly version: number
    readonly placed: readonly Placed[]
  } | null
  readonly running: Running | null
}

export const initialObserver: ObserverState = {
  night: null,
  phase: null,
  mode: 'automatic',
  verdict: null,
  suspended: null,
  roofOpen: false,
  telescopeReady: false,
  wanted: new Map(),
  attempts: new Map(),
  past: new Map(),
  schedule: null,
  running: null,
}
