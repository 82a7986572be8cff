import type { AskDevice } from '#domain/devices/ask.ts'
import { sunAt } from '#domain/devices/pointing.ts'
import type { Effect, ProcessManager } from '#domain/shared/process.ts'
import type { Site } from '#domain/shared/site.ts'
import { addSeconds, epochMsOf, type Instant } from '#domain/shared/time.ts'
import type { CalibrationCommand } from '../calibration.ts'
import { evolve } from './evolve.ts'
import { exposureOf, filterWanted, frameSchema, type Line } from './line.ts'
import { cameras, conversationOf, stepName } from './names.ts'
import {
  type CalibratorEvent,
  type CalibratorState,
  type Heard,
  initialCalibrator,
  type Session,
} from './state.ts'

export type CalibratorCommand = CalibrationCommand | AskDevice

type Effects = readonly Effect<CalibratorCommand>[]

/** Where the twilight sky is most even: high up, on the side away from the Sun (Chromey & Hasselbacher 1996). */
const flatAltitudeDeg = 75
/** From one look at a light that is not right to the next. */
const lookAgainS = 20

const ask = (
  session: Session,
  device: AskDevice['device'],
  what: string,
  name: string,
  parameters: AskDevice['parameters'] = {},
): Effect<AskDevice> => ({
  kind: 'dispatch',
  command: { type: 'AskDevice', device, conversationId: conversationOf(session, what), name, parameters },
})

const prepare = (session: Session, site: Site, at: Instant): Effects => {
  const azimuthDeg = Math.round(sunAt(epochMsOf(at), site).azimuthDeg + 180) % 360
  return [
    ask(session, 'telescope', 'point', 'point', { altitudeDeg: flatAltitudeDeg, azimuthDeg }),
    ask(session, 'dome', 'rotate', 'rotate', { azimuthDeg }),
  ]
}

const fileOf = ({ night, number }: Session, { detector, step }: Line, kind: string): string =>
  `images/${night}/${kind}-${detector}-${number}-${step}.fits`

/** The next thing a camera has to do; nothing when it is through. */
const next = (session: Session, line: Line, at: Instant): Effects => {
  const { detector, step, waiting } = line
  const [task] = line.tasks
  if (!task) return []
  if (waiting) return [{ kind: 'wakeAt', timer: detector, at: addSeconds(at, lookAgainS) }]
  const what = stepName(detector, step)
  const filter = filterWanted(line, task)
  if (filter !== null) return [ask(session, cameras[detector], what, 'set-filter', { filter })]
  return [
    ask(session, cameras[detector], what, 'expose', {
      imageId: conversationOf(session, what),
      file: fileOf(session, line, task.kind),
      frame: task.kind,
      exposureS: exposureOf(line, task),
      object: task.kind,
      pointing: null,
    }),
  ]
}

const record = (session: Session, { detector, last }: Line, result: unknown): Effects => {
  const said = frameSchema.safeParse(result).data
  if (!last?.frame || !said) return []
  const imageId = conversationOf(session, stepName(detector, last.step))
  const command: CalibrationCommand = {
    type: 'RecordFrame',
    night: session.night,
    detector,
    imageId,
    ...last.frame,
    ...said,
  }
  return [{ kind: 'dispatch', command }]
}

const begin = (session: Session, at: Instant): Effects =>
  session.lines.flatMap((line) => next(session, line, at))

const onCompleted = (
  session: Session,
  { data, metadata }: Extract<Heard, { type: 'DeviceCommandCompleted' }>,
): Effects => {
  const prepared = ['point', 'rotate'].some((what) => conversationOf(session, what) === data.conversationId)
  if (prepared) return session.preparing.length === 0 ? begin(session, metadata.occurredAt) : []
  return session.lines
    .filter(
      ({ detector, last }) =>
        last && conversationOf(session, stepName(detector, last.step)) === data.conversationId,
    )
    .flatMap((line) => [...record(session, line, data.result), ...next(session, line, metadata.occurredAt)])
}

const halt = (session: Session): Effects => [
  ...session.lines
    .filter(({ tasks }) => tasks.length > 0)
    .flatMap(
      ({ detector }): Effects => [
        ask(session, cameras[detector], `abort/${detector}`, 'abort'),
        { kind: 'cancel', timer: detector },
      ],
    ),
]

const react = ({ session, brokenOff }: CalibratorState, event: Heard, site: Site): Effects => {
  const at = event.metadata.occurredAt
  const halted = brokenOff ? halt(brokenOff) : []
  if (!session) return halted
  if (session.begunBy === event.id)
    return [...halted, ...(session.preparing.length > 0 ? prepare(session, site, at) : begin(session, at))]
  if (event.type === 'DeviceCommandCompleted') return [...halted, ...onCompleted(session, event)]
  if (event.type !== 'TimerFired') return halted
  return session.lines
    .filter(({ detector }) => detector === event.data.timer)
    .flatMap((line) => next(session, line, at))
}

/**
 * Takes the frames by which a night's images are corrected: flats in both twilights, biases and darks behind the closed
 * roof at its end. Only in automatic mode, and only while observing is not suspended.
 */
export const calibrator = (
  site: Site,
): ProcessManager<CalibratorState, CalibratorEvent, CalibratorCommand> => ({
  name: 'calibrator',
  initial: initialCalibrator,
  handles: [
    'NightOpened',
    'NightPhaseEntered',
    'NightClosed',
    'ObservingSuspended',
    'ObservingResumed',
    'ControlModeChanged',
    'ImageAcquired',
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
