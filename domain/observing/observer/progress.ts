import { z } from 'zod'
import type { AskDevice } from '#domain/devices/ask.ts'
import { horizontalOf } from '#domain/devices/pointing.ts'
import { airmassAt } from '#domain/planning/sky/airmass.ts'
import type { Effect } from '#domain/shared/process.ts'
import type { Site } from '#domain/shared/site.ts'
import { addSeconds, epochMsOf } from '#domain/shared/time.ts'
import type { ObservationCommand } from '../commands.ts'
import { next, preparations, prepare } from './device-steps.ts'
import type { Heard, ObserverState, Running, Wanted } from './state.ts'
import type { Line, Step } from './steps.ts'

type Effects = readonly Effect<ObservationCommand | AskDevice>[]

/** Liveness is progress: an observation that shows none for so long is aborted (as G-TeCS does). */
const leastPatienceS = 120
const patience = 5

const watch = ({ sequence: { durationS } }: Wanted, { metadata: { occurredAt } }: Heard): Effects => [
  {
    kind: 'wakeAt',
    timer: 'watchdog',
    at: addSeconds(occurredAt, Math.max(leastPatienceS, patience * durationS)),
  },
]

const about = ({ sequenceId, requestId, attempt }: Running) => ({ sequenceId, requestId, attempt })

const planOf = (running: Running, { detector }: Line, { album, plan }: Step) => ({
  ...about(running),
  detector,
  album,
  plan: plan.name,
})

/** Of what a camera says about its image. */
const resultSchema = z.object({
  file: z.string(),
  sha256: z.string(),
  bytes: z.int().positive(),
  startedAt: z.iso.datetime(),
  detectorTemperatureC: z.number().nullable().default(null),
})

const recordImage = (
  running: Running,
  line: Line,
  step: Step,
  result: unknown,
  { sequence: { target } }: Wanted,
  site: Site,
): Effects => {
  const image = resultSchema.safeParse(result)
  if (!image.success) return []
  const { filter, exposureS } = step.plan
  const altitudeDeg = target ? horizontalOf(target, epochMsOf(image.data.startedAt), site).altitudeDeg : null
  const command: ObservationCommand = {
    type: 'RecordImage',
    ...planOf(running, line, step),
    imageId: step.conversationId,
    startedId: running.startedId,
    number: step.number,
    filter,
    exposureS,
    ...image.data,
    raDeg: target?.raDeg ?? null,
    decDeg: target?.decDeg ?? null,
    altitudeDeg: altitudeDeg === null ? null : Number(altitudeDeg.toFixed(3)),
    airmass: altitudeDeg === null || altitudeDeg <= 0 ? null : Number(airmassAt(altitudeDeg).toFixed(3)),
  }
  return [{ kind: 'dispatch', command }]
}

/** What a step that is done lets be said: a plan begun, an image taken, a plan finished. */
const told = (
  running: Running,
  line: Line,
  step: Step,
  result: unknown,
  wanted: Wanted,
  site: Site,
): Effects => {
  const plan = planOf(running, line, step)
  const { images, filter, exposureS } = step.plan
  if (step.kind === 'filter')
    return [{ kind: 'dispatch', command: { type: 'StartPlan', ...plan, filter, images, exposureS } }]
  const taken = recordImage(running, line, step, result, wanted, site)
  return step.number < images
    ? taken
    : [...taken, { kind: 'dispatch', command: { type: 'FinishPlan', ...plan, imagesTaken: images } }]
}

const isThrough = ({ preparing, lines }: Running): boolean =>
  preparing.length === 0 && lines.every(({ steps, done }) => done === steps.length)

const finish = (running: Running): Effects => [
  {
    kind: 'dispatch',
    command: { type: 'FinishObservation', ...about(running), startedId: running.startedId },
  },
  { kind: 'cancel', timer: 'watchdog' },
]

const begun = (running: Running, wanted: Wanted, night: string): Effects =>
  isThrough(running) ? finish(running) : running.lines.flatMap((line) => next(line, running, wanted, night))

/** The line that a conversation was a step of, which is done now. */
const stepDone = ({ lines }: Running, conversationId: string) =>
  lines.flatMap((line) => {
    const step = line.steps[line.done - 1]
    return step?.conversationId === conversationId ? [{ line, step }] : []
  })[0]

/** Leads the running observation from its beginning to its end: the telescope first, then all detectors side by side. */
export const progressEffects = (state: ObserverState, event: Heard, site: Site): Effects => {
  const { running, night } = state
  const wanted = running && state.wanted.get(running.sequenceId)
  if (!running || running.ending || !wanted || night === null) return []
  if (event.type === 'ObservationStarted')
    return running.preparing.length === 0
      ? [...begun(running, wanted, night), ...watch(wanted, event)]
      : [...prepare(wanted, running), ...watch(wanted, event)]
  if (event.type !== 'DeviceCommandCompleted') return []
  const { conversationId, result } = event.data
  if (preparations(running).includes(conversationId))
    return running.preparing.length === 0 ? [...begun(running, wanted, night), ...watch(wanted, event)] : []
  const done = stepDone(running, conversationId)
  if (!done) return []
  const { line, step } = done
  return [
    ...told(running, line, step, result, wanted, site),
    ...next(line, running, wanted, night),
    ...(isThrough(running) ? finish(running) : watch(wanted, event)),
  ]
}
