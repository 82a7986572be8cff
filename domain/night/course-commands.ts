import type { Instant } from '#domain/shared/time.ts'
import type { ControlMode, CourseEvent, Phase } from './course-events.ts'
import type { PhaseTimes } from './sun-phases.ts'

type SuspendReason = Extract<CourseEvent, { type: 'ObservingSuspended' }>['data']['why']

/** Commands to a night, `night-<site>-<night>`. */
export type CourseCommand = { readonly site: string; readonly night: string; readonly at: Instant } & (
  | { readonly type: 'OpenNight'; readonly phasesAt: PhaseTimes; readonly mode: ControlMode }
  | { readonly type: 'EnterPhase'; readonly phase: Phase; readonly sunAltitudeDeg: number }
  | {
      readonly type: 'SuspendObserving'
      readonly why: SuspendReason
      readonly detail: string
      readonly verdictId: string | null
      readonly closesRoof: boolean
    }
  | { readonly type: 'ResumeObserving'; readonly detail: string; readonly verdictId: string | null }
  | {
      readonly type: 'ChangeControlMode'
      readonly mode: ControlMode
      readonly why: string
      readonly byPerson: boolean
    }
  | {
      readonly type: 'CloseNight'
      readonly observations: number
      readonly openS: number
      readonly summary: string
    }
)
