import type { ProcessManager } from '#domain/shared/process.ts'
import type { Site } from '#domain/shared/site.ts'
import { roofEffects } from './closing.ts'
import type { MajordomeCommand } from './commands.ts'
import { phaseEffects } from './phases.ts'
import { powerEffects } from './power.ts'
import { evolve, initialMajordome, type MajordomeEvent, type MajordomeState } from './state.ts'
import { suspendEffects } from './suspending.ts'

/**
 * Who runs the night at a site: its phases by the Sun, the roof by the verdict, observing suspended and resumed. It never
 * touches a device: it asks, and the gate before each device has the last word.
 */
export const majordome = (site: Site): ProcessManager<MajordomeState, MajordomeEvent, MajordomeCommand> => ({
  name: 'majordome',
  initial: initialMajordome,
  handles: [
    'SafetyVerdictGiven',
    'NightOpened',
    'NightPhaseEntered',
    'ObservingSuspended',
    'ObservingResumed',
    'ControlModeChanged',
    'NightClosed',
    'ObservationFinished',
    'DeviceCommandRequested',
    'DeviceCommandAgreed',
    'DeviceCommandRefused',
    'DeviceCommandCompleted',
    'DeviceCommandFailed',
    'DeviceCommandTimedOut',
    'DeviceStatusRecorded',
  ],
  instanceOf: ({ metadata }) => (metadata.site === site.id ? site.id : null),
  evolve,
  react: (state, event) => [
    ...powerEffects(state, event),
    ...suspendEffects(state, event),
    ...roofEffects(state, event),
    ...phaseEffects(state, event, site),
  ],
})
