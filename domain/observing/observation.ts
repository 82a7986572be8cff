import type { Decider } from '#domain/shared/decider.ts'
import { Refusal } from '#domain/shared/refusal.ts'
import type { ObservationCommand } from './commands.ts'
import type { ObservingEvent } from './events.ts'

export type ObservationState = {
  readonly stage: 'none' | 'running' | 'ended'
  readonly imagesTaken: number
  readonly imagesExpected: number
  /** Integration time of its images, all detectors together. */
  readonly openShutterS: number
  readonly imageIds: ReadonlySet<string>
  /** `detector/album/plan`. */
  readonly plansStarted: ReadonlySet<string>
  readonly plansFinished: ReadonlySet<string>
}

const none: ObservationState = {
  stage: 'none',
  imagesTaken: 0,
  imagesExpected: 0,
  openShutterS: 0,
  imageIds: new Set(),
  plansStarted: new Set(),
  plansFinished: new Set(),
}

type PlanName = { readonly detector: string; readonly album: string; readonly plan: string }
const nameOf = ({ detector, album, plan }: PlanName): string => `${detector}/${album}/${plan}`

const evolve = (state: ObservationState, event: ObservingEvent): ObservationState => {
  switch (event.type) {
    case 'ObservationStarted':
      return { ...state, stage: 'running', imagesExpected: event.data.imagesExpected }
    case 'PlanStarted':
      return { ...state, plansStarted: new Set([...state.plansStarted, nameOf(event.data)]) }
    case 'ImageAcquired':
      return {
        ...state,
        imagesTaken: state.imagesTaken + 1,
        openShutterS: state.openShutterS + event.data.exposureS,
        imageIds: new Set([...state.imageIds, event.data.imageId]),
      }
    case 'PlanFinished':
      return { ...state, plansFinished: new Set([...state.plansFinished, nameOf(event.data)]) }
    case 'ObservationFinished':
    case 'ObservationAborted':
      return { ...state, stage: 'ended' }
    case 'SequenceMissed':
      return state
  }
}

const outcomeOf = (
  { imagesTaken, imagesExpected, openShutterS }: ObservationState,
  { startedId }: { readonly startedId?: string },
) => ({
  ...(startedId === undefined ? {} : { startedId }),
  imagesTaken,
  imagesExpected,
  openShutterS,
})

/** What has been said before is said once; what comes after the end comes too late, but for an image that is there. */
const decide = (command: ObservationCommand, state: ObservationState): ObservingEvent[] => {
  const { sequenceId, requestId, attempt } = command
  const about = { sequenceId, requestId, attempt }
  switch (command.type) {
    case 'MissSequence': {
      const { scheduleVersion, why, detail } = command
      if (state.stage !== 'none') return []
      return [{ type: 'SequenceMissed', data: { sequenceId, requestId, scheduleVersion, why, detail } }]
    }
    case 'StartObservation': {
      if (state.stage !== 'none')
        throw new Refusal('observation_begun', `attempt ${attempt} at ${sequenceId} has begun already`)
      const { type: _, ...data } = command
      return [{ type: 'ObservationStarted', data }]
    }
    case 'RecordImage': {
      if (state.stage === 'none' || state.imageIds.has(command.imageId)) return []
      const { type: _, ...data } = command
      return [{ type: 'ImageAcquired', data }]
    }
    case 'StartPlan': {
      if (state.stage !== 'running' || state.plansStarted.has(nameOf(command))) return []
      const { type: _, ...data } = command
      return [{ type: 'PlanStarted', data }]
    }
    case 'FinishPlan': {
      if (state.stage !== 'running' || state.plansFinished.has(nameOf(command))) return []
      const { type: _, ...data } = command
      return [{ type: 'PlanFinished', data }]
    }
    case 'FinishObservation':
      return state.stage === 'running'
        ? [{ type: 'ObservationFinished', data: { ...about, ...outcomeOf(state, command) } }]
        : []
    case 'AbortObservation': {
      const { why, detail } = command
      return state.stage === 'running'
        ? [{ type: 'ObservationAborted', data: { ...about, ...outcomeOf(state, command), why, detail } }]
        : []
    }
  }
}

/** One attempt at one sequence. */
export const observation: Decider<ObservationState, ObservationCommand, ObservingEvent> = {
  initial: none,
  evolve,
  decide,
}
