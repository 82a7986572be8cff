import type { ObservingEvent } from './events.ts'

type DataOf<Type extends ObservingEvent['type']> = Extract<ObservingEvent, { type: Type }>['data']
export type AbortReason = DataOf<'ObservationAborted'>['why']
export type MissReason = DataOf<'SequenceMissed'>['why']

/** Commands to one attempt at a sequence, `observation-<sequence>-<attempt>`. */
export type ObservationCommand = {
  readonly sequenceId: string
  readonly requestId: string
  readonly attempt: number
} & (
  | ({ readonly type: 'StartObservation' } & Omit<
      DataOf<'ObservationStarted'>,
      'sequenceId' | 'requestId' | 'attempt'
    >)
  | ({ readonly type: 'StartPlan' } & Omit<DataOf<'PlanStarted'>, 'sequenceId' | 'requestId' | 'attempt'>)
  | ({ readonly type: 'RecordImage' } & Omit<DataOf<'ImageAcquired'>, 'sequenceId' | 'requestId' | 'attempt'>)
  | ({ readonly type: 'FinishPlan' } & Omit<DataOf<'PlanFinished'>, 'sequenceId' | 'requestId' | 'attempt'>)
  | { readonly type: 'FinishObservation'; readonly startedId?: string }
  | {
      readonly type: 'AbortObservation'
      readonly startedId?: string
      readonly why: AbortReason
      readonly detail: string
    }
  | {
      readonly type: 'MissSequence'
      readonly scheduleVersion: number
      readonly why: MissReason
      readonly detail: string
    }
)
