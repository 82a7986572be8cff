import type { AskDevice } from '#domain/devices/ask.ts'
import type { DeviceName } from '#domain/devices/events.ts'
import type { SafetyState } from '#domain/environment/events.ts'
import { course } from '#domain/night/course.ts'
import type { CourseCommand } from '#domain/night/course-commands.ts'
import type { CourseEvent } from '#domain/night/course-events.ts'
import { isCourseEvent } from '#domain/night/course-sentences.ts'
import { majordome } from '#domain/night/majordome/majordome.ts'
import { openNight } from '#domain/night/majordome/phases.ts'
import { sunAltitudeDeg } from '#domain/night/sun-phases.ts'
import { type CalibrationCommand, calibration } from '#domain/observing/calibration.ts'
import type { CalibrationFrameAcquired } from '#domain/observing/calibration-events.ts'
import { isCalibrationEvent } from '#domain/observing/calibration-sentences.ts'
import { calibrator } from '#domain/observing/calibrator/calibrator.ts'
import type { ObservationCommand } from '#domain/observing/commands.ts'
import type { ObservingEvent } from '#domain/observing/events.ts'
import { observation } from '#domain/observing/observation.ts'
import { observer } from '#domain/observing/observer/observer.ts'
import { isObservingEvent } from '#domain/observing/sentences.ts'
import type { DomainEvent, Recorded } from '#domain/shared/event.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import { type ProcessManager, processStream } from '#domain/shared/process.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { epochMsOf, type Instant, instantOf } from '#domain/shared/time.ts'
import { twilightPerS } from '#simulators/exposure.ts'

type Command = CourseCommand | ObservationCommand | CalibrationCommand | AskDevice
type Manager = ProcessManager<unknown, DomainEvent, Command>
type Running = { readonly manager: Manager; state: unknown; readonly timers: Map<string, number> }
type Due = { readonly atMs: number; readonly order: number; readonly run: () => void }

/** How the devices of a pure night answer: seconds until the end, or a failure. */
export type Behaviour = (
  ask: AskDevice,
  at: Instant,
) => { readonly afterS: number; readonly fails?: string; readonly code?: string }

const healthy: Behaviour = ({ device, name, parameters }) => {
  if (name === 'expose') return { afterS: Number(parameters['exposureS']) + 2 }
  return { afterS: device === 'dome' ? 30 : 5 }
}

const site = sanPedroMartir

const levelOf = ({ frame, exposureS }: AskDevice['parameters'], at: Instant): number =>
  frame === 'flat' ? 1_000 + twilightPerS(sunAltitudeDeg(site, at)) * Number(exposureS) : 1_000

const isOfCourse = (event: Recorded): event is Recorded<CourseEvent> => isCourseEvent(event)
const isOfCalibration = (event: Recorded): event is Recorded<CalibrationFrameAcquired> =>
  isCalibrationEvent(event)
const isOfObserving = (event: Recorded): event is Recorded<ObservingEvent> => isObservingEvent(event)

/**
 * Majordome, observer and calibrator with their deciders and devices that take their time, all pure: a night in milliseconds. The
 * devices here are a model for the rules' sake; the night tests have the real simulators.
 */
export class PureNight {
  readonly log: Recorded[] = []
  readonly #managers: Running[]
  readonly #due: Due[] = []
  readonly #behaviour: Behaviour
  readonly #asked = new Set<string>()
  readonly #revisions = new Map<string, bigint>()
  readonly #reactions: boolean
  /** What is at the bottom of what happens just now; null for what begins by itself. */
  #cause: string | null = null
  #nowMs: number
  #order = 0

  /** With `reactions` the managers' decisions stand in the log too, as the runner has them there. */
  constructor(startsAt: Instant, behaviour: Behaviour = healthy, { reactions = false } = {}) {
    this.#reactions = reactions
    this.#nowMs = epochMsOf(startsAt)
    this.#behaviour = behaviour
    const managers: readonly unknown[] = [majordome(site), observer(site), calibrator(site)]
    this.#managers = (managers as readonly Manager[]).map((manager) => ({
      manager,
      state: manager.initial,
      timers: new Map(),
    }))
  }

  get now(): Instant {
    return instantOf(this.#nowMs)
  }

  open(): void {
    this.#dispatch(openNight(site, this.now, 'automatic'))
  }

  verdict(state: SafetyState, text = 'wind 12 m/s, limit 9.7 m/s'): void {
    const bad =
      state === 'safe'
        ? []
        : [
            {
              quantity: 'wind',
              state,
              text,
              value: 12,
              unit: 'm/s',
              limit: 9.7,
              margin: -2.3,
              since: this.now,
            },
          ]
    this.happen('environment', {
      type: 'SafetyVerdictGiven',
      data: { state, previous: null, reasons: bad, readingIds: [], reopenExpectedAt: null },
    })
  }

  mode(mode: 'automatic' | 'manual' | 'engineering', why = 'asked by ana'): void {
    this.#dispatch({
      type: 'ChangeControlMode',
      site: site.id,
      night: this.#night(),
      at: this.now,
      mode,
      why,
      byPerson: true,
    })
  }

  /** Something is on record, and everybody who listens reacts. What has an id and metadata already keeps them. */
  happen(
    stream: string,
    event: DomainEvent,
    known: { readonly id?: string; readonly metadata?: Partial<Recorded['metadata']> } = {},
  ): string {
    const place = BigInt(this.log.length + 1)
    const id = known.id ?? uuidFrom(`pure/${place}`, noctuaryNamespace)
    const recorded: Recorded = {
      ...event,
      id,
      stream,
      revision: this.#revisionIn(stream),
      position: { commit: place, prepare: place },
      metadata: {
        schemaVersion: 1,
        occurredAt: this.now,
        correlationId: id,
        causationId: this.#cause ?? id,
        actor: { kind: 'agent', id: 'test' },
        site: site.id,
        night: this.#night(),
        ...known.metadata,
      },
    }
    this.log.push(recorded)
    for (const one of this.#managers) this.#reach(one, recorded)
    return id
  }

  /** Lets time pass, and all that is due in it. */
  until(at: Instant): void {
    const endMs = epochMsOf(at)
    for (;;) {
      const next = this.#due.toSorted((a, b) => a.atMs - b.atMs || a.order - b.order)[0]
      if (!next || next.atMs > endMs) break
      this.#due.splice(this.#due.indexOf(next), 1)
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      next.run()
    }
    this.#nowMs = endMs
  }

  #revisionIn(stream: string): bigint {
    const revision = this.#revisions.get(stream) ?? 0n
    this.#revisions.set(stream, revision + 1n)
    return revision
  }

  types(...wanted: readonly string[]): string[] {
    return this.log.filter(({ type }) => wanted.length === 0 || wanted.includes(type)).map(({ type }) => type)
  }

  #night(): string {
    return nightOf(this.now, site.timeZone)
  }

  #later(atMs: number, run: () => void): void {
    this.#due.push({ atMs, order: this.#order++, run })
  }

  #reach(one: Running, event: Recorded): void {
    const { manager } = one
    const own = event.type === 'TimerFired'
    if (own ? event.stream !== manager.name : !manager.handles.includes(event.type)) return
    one.state = manager.evolve(one.state, event)
    const effects = manager.react(one.state, event)
    if (effects.length === 0) return
    const cause = this.#reactions ? this.#reacted(one, event, effects) : event.id
    for (const effect of effects) {
      if (effect.kind === 'dispatch')
        this.#later(this.#nowMs, () => this.#because(cause, () => this.#dispatch(effect.command)))
      else if (effect.kind === 'cancel') one.timers.delete(effect.timer)
      else this.#arm(one, effect.timer, effect.at, cause)
    }
  }

  #because(cause: string, run: () => void): void {
    const before = this.#cause
    this.#cause = cause
    run()
    this.#cause = before
  }

  #reacted({ manager }: Running, { id, position }: Recorded, effects: readonly unknown[]): string {
    const answers = { eventId: id, commit: `${position.commit}`, prepare: `${position.prepare}` }
    const data = { process: manager.name, instance: site.id, answers, effects }
    const event = { type: 'ProcessReacted', data }
    return this.happen(processStream(manager.name, site.id), event, { metadata: { causationId: id } })
  }

  #arm(one: Running, timer: string, at: Instant, cause: string): void {
    const token = this.#order
    one.timers.set(timer, token)
    this.#later(epochMsOf(at), () => {
      if (one.timers.get(timer) !== token) return
      one.timers.delete(timer)
      const { name: process } = one.manager
      const fired = { type: 'TimerFired', data: { process, instance: site.id, timer, dueAt: at } }
      this.#because(cause, () => void this.happen(process, fired))
    })
  }

  #dispatch(command: Command): void {
    if (command.type === 'AskDevice') this.#ask(command)
    else if (command.type === 'RecordFrame') this.#recordFrame(command)
    else if ('sequenceId' in command) this.#observe(command)
    else this.#lead(command)
  }

  #lead(command: CourseCommand): void {
    const state = this.log
      .filter(isOfCourse)
      .filter(({ metadata }) => metadata.night === command.night)
      .reduce((folded, event) => course.evolve(folded, event, event.metadata.occurredAt), course.initial)
    for (const event of course.decide(command, state)) this.happen('night', event)
  }

  #recordFrame(command: CalibrationCommand): void {
    const state = this.log
      .filter(isOfCalibration)
      .reduce((folded, event) => calibration.evolve(folded, event, this.now), calibration.initial)
    for (const event of calibration.decide(command, state)) this.happen('calibration', event)
  }

  #observe(command: ObservationCommand): void {
    const stream = `observation-${command.sequenceId}-${command.attempt}`
    const state = this.log
      .filter((event) => event.stream === stream)
      .filter(isOfObserving)
      .reduce((folded, event) => observation.evolve(folded, event, this.now), observation.initial)
    for (const event of observation.decide(command, state)) this.happen(stream, event)
  }

  #ask(ask: AskDevice): void {
    const { device, conversationId, name, parameters } = ask
    if (this.#asked.has(conversationId)) return
    this.#asked.add(conversationId)
    const about = { device, conversationId, name }
    const say = (type: string, more: object = {}) =>
      this.happen(`device-${device}`, { type, data: { ...about, ...more } })
    const requested = say('DeviceCommandRequested', { parameters, deadlineAt: this.now, idempotent: true })
    const { afterS, fails, code = 'broken' } = this.#behaviour(ask, this.now)
    if (!fails) this.#moving(device, name)
    const end = () => {
      if (fails) return void say('DeviceCommandFailed', { code, why: fails })
      this.#arrived(device, name)
      const image = {
        file: String(parameters['file']),
        sha256: 'a'.repeat(64),
        bytes: 2880,
        startedAt: this.now,
        detectorTemperatureC: -60,
        filter: 'r',
        levelCounts: levelOf(parameters, this.now),
      }
      say('DeviceCommandCompleted', { result: name === 'expose' ? image : {} })
    }
    this.#later(this.#nowMs + afterS * 1000, () => this.#because(requested, end))
  }

  #status(device: DeviceName, status: Readonly<Record<string, unknown>>): void {
    this.happen(`device-${device}`, { type: 'DeviceStatusRecorded', data: { device, status, faults: [] } })
  }

  #moving(device: DeviceName, name: string): void {
    if (device === 'dome' && (name === 'open' || name === 'close'))
      this.#status('dome', {
        shutter: name === 'open' ? 'opening' : 'closing',
        openSwitch: false,
        closedSwitch: false,
      })
  }

  #arrived(device: DeviceName, name: string): void {
    if (device === 'dome' && name === 'open')
      this.#status('dome', { shutter: 'open', openSwitch: true, closedSwitch: false })
    if (device === 'dome' && name === 'close') {
      this.#status('telescope', { state: 'parked', parkSwitch: true })
      this.#status('dome', { shutter: 'closed', openSwitch: false, closedSwitch: true })
    }
    if (device === 'telescope' && name === 'unpark')
      this.#status('telescope', { state: 'stopped', parkSwitch: false })
    if (device === 'telescope' && name === 'park')
      this.#status('telescope', { state: 'parked', parkSwitch: true })
  }
}
