import type { AskDevice } from '#domain/devices/ask.ts'
import type { DeviceName } from '#domain/devices/events.ts'
import type { Detector } from '#domain/requests/sequence.ts'
import type { Effect } from '#domain/shared/process.ts'
import type { Running, Wanted } from './state.ts'
import { type Attempt, conversationOf, type Line, type Step } from './steps.ts'

const cameras: Readonly<Record<Detector, DeviceName>> = {
  visible: 'visible-camera',
  infrared: 'infrared-camera',
}

type Asking = Extract<Effect<AskDevice>, { kind: 'dispatch' }>

const ask = (
  device: DeviceName,
  conversationId: string,
  name: string,
  parameters: AskDevice['parameters'] = {},
): Asking => ({
  kind: 'dispatch',
  command: { type: 'AskDevice', device, conversationId, name, parameters },
})

const forIts = ({ isDrill }: Wanted, { kind, command }: Asking): Effect<AskDevice> => ({
  kind,
  command: isDrill ? { ...command, isDrill } : command,
})

/** Telescope and dome to the target, before the first exposure. */
export const prepare = (wanted: Wanted, attempt: Attempt): Effect<AskDevice>[] => {
  const { target } = wanted.sequence
  if (!target) return []
  const { raDeg, decDeg } = target
  return [
    forIts(wanted, ask('telescope', conversationOf(attempt, 'go-to'), 'go-to', { raDeg, decDeg })),
    forIts(wanted, ask('dome', conversationOf(attempt, 'follow'), 'follow', { raDeg, decDeg })),
  ]
}

export const preparations = (attempt: Attempt): string[] =>
  ['go-to', 'follow'].map((what) => conversationOf(attempt, what))

const nameOfFile = ({ sequenceId, attempt }: Attempt, detector: Detector, { plan, number }: Step): string =>
  `${sequenceId}-${attempt}-${detector}-${plan.filter}-${number}`.replaceAll(/[^\w.-]/g, '_')

/** The next thing a detector has to do; nothing when it is through. */
export const next = (
  { detector, steps, done }: Line,
  running: Running,
  wanted: Wanted,
  night: string,
): Effect<AskDevice>[] => {
  const { sequence } = wanted
  const step = steps[done]
  if (!step) return []
  const camera = cameras[detector]
  const { filter, exposureS } = step.plan
  if (step.kind === 'filter')
    return [forIts(wanted, ask(camera, step.conversationId, 'set-filter', { filter }))]
  const { target } = sequence
  return [
    forIts(
      wanted,
      ask(camera, step.conversationId, 'expose', {
        imageId: step.conversationId,
        file: `images/${night}/${nameOfFile(running, detector, step)}.fits`,
        frame: 'light',
        exposureS,
        object: (target?.name ?? sequence.name).slice(0, 60),
        pointing: target && { raDeg: target.raDeg, decDeg: target.decDeg },
      }),
    ),
  ]
}

/** What ends at once when an observation is aborted. */
export const halt = ({ lines, ...attempt }: Running): Effect<AskDevice>[] => [
  ...lines.map(({ detector }) =>
    ask(cameras[detector], conversationOf(attempt, `abort/${detector}`), 'abort'),
  ),
  ask('telescope', conversationOf(attempt, 'stop'), 'stop'),
]
