import type { DeviceEvent } from '#domain/devices/events.ts'
import type { ControlMode, CourseEvent, Phase } from '#domain/night/course-events.ts'
import type { Detector } from '#domain/requests/sequence.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { ProcessCommandRefused, TimerFired } from '#domain/shared/process.ts'
import type { ImageAcquired } from '../events.ts'
import type { Line } from './line.ts'

export type CalibratorEvent = CourseEvent | DeviceEvent | ImageAcquired
export type Heard = Recorded<CalibratorEvent | TimerFired | ProcessCommandRefused>

/** Calibrations that go on: flats of a twilight, or darks and biases behind a closed roof. */
export type Session = {
  /** Of the night, from 1. */
  readonly number: number
  readonly night: string
  readonly phase: Phase
  /** The event by which it could begin. */
  readonly begunBy: string
  /** Conversations before the first frame: telescope and dome to the bright side that is even. */
  readonly preparing: readonly string[]
  readonly lines: readonly Line[]
}

export type CalibratorState = {
  readonly night: string | null
  readonly phase: Phase | null
  readonly mode: ControlMode
  readonly suspended: boolean
  readonly roofOpen: boolean
  readonly roofClosed: boolean
  /** Unparked. */
  readonly telescopeReady: boolean
  readonly filters: Readonly<Record<Detector, readonly string[]>>
  /** Exposure times of tonight's images. */
  readonly exposuresS: Readonly<Record<Detector, ReadonlySet<number>>>
  /** Sessions begun tonight. */
  readonly sessions: number
  /** Phases of tonight in which all is done that could be. */
  readonly through: ReadonlySet<Phase>
  readonly session: Session | null
  /** What was broken off by the last event, if any was. */
  readonly brokenOff: Session | null
}

export const initialCalibrator: CalibratorState = {
  night: null,
  phase: null,
  mode: 'automatic',
  suspended: false,
  roofOpen: false,
  roofClosed: false,
  telescopeReady: false,
  filters: { visible: [], infrared: [] },
  exposuresS: { visible: new Set(), infrared: new Set() },
  sessions: 0,
  through: new Set(),
  session: null,
  brokenOff: null,
}
