import type { AskDevice } from '#domain/devices/ask.ts'
import type { Effect, ProcessManager } from '#domain/shared/process.ts'
import type { Site } from '#domain/shared/site.ts'
import type { ObservationCommand } from '../commands.ts'
import { abortEffects } from './aborting.ts'
import { evolve } from './evolve.ts'
import { progressEffects } from './progress.ts'
import { type Heard, initialObserver, type ObserverEvent, type ObserverState } from './state.ts'
import { turn } from './turn.ts'

export type ObserverCommand = ObservationCommand | AskDevice

/** Events after which it may be somebody's turn. */
const turns: ReadonlySet<Heard['type']> = new Set([
  'SchedulePublished',
  'NightPhaseEntered',
  'ObservingResumed',
  'SafetyVerdictGiven',
  'DeviceStatusRecorded',
  'ObservationFinished',
  'ObservationAborted',
  'SequenceMissed',
])

const isTurn = (event: Heard): boolean =>
  turns.has(event.type) || (event.type === 'TimerFired' && event.data.timer === 'turn')

const react = (state: ObserverState, event: Heard, site: Site): readonly Effect<ObserverCommand>[] => {
  const aborted = abortEffects(state, event)
  if (aborted.length > 0) return aborted
  return [...progressEffects(state, event, site), ...(isTurn(event) ? turn(state, event) : [])]
}

/** Observes at a site what the schedule has, when its time comes, one sequence at a time. */
export const observer = (site: Site): ProcessManager<ObserverState, ObserverEvent, ObserverCommand> => ({
  name: 'observer',
  initial: initialObserver,
  handles: [
    'SafetyVerdictGiven',
    'NightOpened',
    'NightPhaseEntered',
    'ObservingSuspended',
    'ObservingResumed',
    'ControlModeChanged',
    'RequestSubmitted',
    'RequestRevised',
    'RequestWithdrawn',
    'SchedulePublished',
    'ObservationStarted',
    'ImageAcquired',
    'ObservationFinished',
    'ObservationAborted',
    'SequenceMissed',
    'DeviceCommandRefused',
    'DeviceCommandCompleted',
    'DeviceCommandFailed',
    'DeviceCommandTimedOut',
    'DeviceStatusRecorded',
  ],
  instanceOf: ({ metadata }) => (metadata.site === site.id ? site.id : null),
  evolve,
  react: (state, event) => react(state, event, site),
})
