import { type EventStore, StoreUnavailable } from '#commands/event-store.ts'
import type { Envelope } from '#commands/handle.ts'
import { wrongCommand } from '#domain/devices/capabilities.ts'
import { type CommandSpec, going } from '#domain/devices/command-spec.ts'
import type { ConversationCommand, Refused } from '#domain/devices/conversation.ts'
import type { DeviceCommandRequested, DeviceName } from '#domain/devices/events.ts'
import { gate } from '#domain/devices/gate.ts'
import { isAiling } from '#domain/devices/recovery.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { epochMsOf, instantOf, secondsBetween } from '#domain/shared/time.ts'
import { closeUntilClosed } from './close-until-closed.ts'
import { type Converse, converseOn } from './conversations.ts'
import { type Device, DeviceRefused, DeviceUnreachable } from './device.ts'
import type { DeviceLog } from './device-log.ts'
import type { DeviceWatch } from './device-watch.ts'
import { loadSituation } from './load-situation.ts'
import { parkFirst } from './park-first.ts'
import { isUnfinishedClosing } from './unfinished-closing.ts'

type Requested = Recorded<DeviceCommandRequested>
type Running = {
  readonly spec: CommandSpec | undefined
  readonly over: Promise<void>
  /** It is under way, or over: a start takes up all requests of a night anew, and most were over long ago. */
  readonly known: Promise<void>
  readonly stop: AbortController
}
type Step<C = ConversationCommand> = C extends { type: 'Request' }
  ? never
  : C extends unknown
    ? Omit<C, 'device' | 'conversationId' | 'name' | 'night'>
    : never

export type ConversationParts = {
  readonly name: DeviceName
  readonly device: Device
  readonly commands: Readonly<Record<string, CommandSpec>>
  readonly store: EventStore
  readonly clock: Clock
  readonly site: Site
  readonly simulated: boolean
  readonly log: DeviceLog
  readonly watch: DeviceWatch
  readonly powerCycle?: (device: DeviceName, conversationId: string) => Promise<void>
  readonly onTrouble?: (error: unknown) => void
  /** A command that was begun came to an end; `well` is whether the device did it. */
  readonly onEnd?: (well: boolean) => void
}

/** From look to look while something is under way. */
const lookMs = 1_000
const preempted = 'preempted'
const tookItsPlace = { code: preempted, why: 'another command took its place' }

/** What secures and takes longer is not waited for. */
const swiftS = 10

const isSwift = ({ spec }: Running): boolean => spec?.class === 'secures' && spec.patienceS({}) <= swiftS

/** Runs one device's conversations beside the feed that brings them: one at a time, but what secures pre-empts the rest. */
export class Conversations {
  readonly #parts: ConversationParts
  readonly #converse: Converse
  readonly #running = new Map<string, Running>()
  #ending = false

  constructor(parts: ConversationParts) {
    this.#parts = parts
    this.#converse = converseOn(parts.store, parts.site.id)
  }

  /** Begins with a request; one that is under way is left alone, and one that is over stays so. */
  take(requested: Requested, signal: AbortSignal): void {
    const { conversationId, name } = requested.data
    if (this.#running.has(conversationId)) return
    const stop = new AbortController()
    const begins = Promise.withResolvers<void>()
    const ending = AbortSignal.any([signal, stop.signal])
    const over = this.#persist(requested, ending, begins.resolve).finally(() =>
      this.#running.delete(conversationId),
    )
    const known = Promise.race([begins.promise, over])
    this.#running.set(conversationId, { spec: this.#parts.commands[name], over, known, stop })
  }

  /** Waits for what is under way; what cannot be put on record now is left to the next start. */
  async idle(): Promise<void> {
    this.#ending = true
    await Promise.all([...this.#running.values()].map(({ over }) => over))
  }

  /** A log that is away for a moment loses no request: it is weighed anew, from what the log says of it then. */
  async #persist(requested: Requested, signal: AbortSignal, begins: () => void): Promise<void> {
    while (!signal.aborted) {
      try {
        return await this.#hold(requested, signal, begins)
      } catch (error) {
        if (signal.aborted) return
        this.#parts.onTrouble?.(error)
        await this.#parts.clock.sleepUntil(this.#parts.clock.now() + lookMs, signal).catch(() => {})
      }
    }
  }

  async #hold(requested: Requested, signal: AbortSignal, begins: () => void): Promise<void> {
    const { name, parameters, conversationId, deadlineAt, idempotent } = requested.data
    const spec = this.#parts.commands[name]
    const wrong = wrongCommand(this.#parts.name, name, parameters)
    if (!spec || wrong) return this.#settle(requested, { type: 'Refuse', ...(wrong ?? unknown) })
    const begun = await this.#converse.stateOf(conversationId, requested.metadata.night)
    if (begun === 'over') {
      if (!(await this.#isToBeClosed(requested))) return
      begins()
      return this.#perform(requested, spec, signal)
    }
    if (begun === 'agreed' && !idempotent) {
      const why = 'its agent went away in the middle; nobody knows how far it came'
      return this.#settle(requested, { type: 'Fail', code: 'interrupted', why })
    }
    // Closing is never too late.
    if (spec.class !== 'secures' && epochMsOf(deadlineAt) <= this.#parts.clock.now())
      return this.#settle(requested, lateStep(requested))
    begins()
    const refusal =
      (await this.#makeWay(conversationId, spec)) ??
      (signal.reason === preempted ? tookItsPlace : await this.#weighed(requested, spec))
    if (refusal) return this.#settle(requested, refusalStep(begun, refusal))
    await this.#settle(requested, { type: 'Agree' })
    await this.#perform(requested, spec, signal)
  }

  #isToBeClosed(requested: Requested): Promise<boolean> {
    const { store, clock, site } = this.#parts
    return isUnfinishedClosing(store, requested, nightOf(instantOf(clock.now()), site.timeZone))
  }

  /** Those that were taken up before it; what comes later has to look at it. */
  #before(conversationId: string): Running[] {
    const all = [...this.#running]
    return all
      .slice(
        0,
        all.findIndex(([id]) => id === conversationId),
      )
      .map(([, running]) => running)
  }

  async #makeWay(conversationId: string, spec: CommandSpec): Promise<Refused | null> {
    const others = this.#before(conversationId)
    if (spec.class !== 'secures') {
      await Promise.all(others.map(({ known }) => known))
      // Whoever turns the dome to another place wants nothing more of the place before.
      if (spec === this.#parts.commands['follow'])
        await this.#preempt(others.filter((other) => other.spec === spec))
      return this.#afterSwift(conversationId, this.#before(conversationId))
    }
    if (!spec.preempts) return null
    await this.#preempt(others.filter((other) => other.spec?.class !== 'secures'))
    return null
  }

  async #preempt(lesser: readonly Running[]): Promise<void> {
    for (const { stop } of lesser) stop.abort(preempted)
    await Promise.all(lesser.map(({ over }) => over))
  }

  /** A stop or an abort is over soon, and with it what it stops: what is wanted next waits for that. */
  async #afterSwift(conversationId: string, others: readonly Running[]): Promise<Refused | null> {
    if (others.length === 0) return null
    const swift = others.filter(isSwift)
    if (swift.length === 0) return { code: 'busy', why: `${this.#parts.name} is at something else` }
    await Promise.all(swift.map(({ over }) => over))
    return this.#afterSwift(conversationId, this.#before(conversationId))
  }

  async #weighed({ data, metadata }: Requested, spec: CommandSpec): Promise<Refused | null> {
    if (spec.class === 'secures') return null
    if (data.isDrill && !this.#parts.simulated) return drillOnReal
    const { name, watch, clock } = this.#parts
    const dome = name === 'dome' ? (await watch.look().catch(() => null))?.status : undefined
    const situation = await loadSituation(this.#parts, instantOf(clock.now()), dome)
    return gate({ class: spec.class, actor: metadata.actor }, situation)
  }

  async #perform(requested: Requested, spec: CommandSpec, signal: AbortSignal): Promise<void> {
    try {
      if (this.#parts.name === 'dome' && requested.data.name === 'close') {
        await parkFirst(this.#parts, requested, signal)
        return await closeUntilClosed(this.#parts, requested, signal, (step) => this.#settle(requested, step))
      }
      await this.#send(requested, spec, signal)
      await this.#attend(requested, spec, signal)
    } catch (error) {
      if (error instanceof DeviceRefused) {
        const step: Step = { type: 'Fail', code: error.code, why: error.message }
        // It is given one thing at a time: a device that is busy all the same hangs.
        return error.code === 'busy' ? this.#end(requested, spec, step) : this.#settle(requested, step)
      }
      if (error instanceof DeviceUnreachable)
        return this.#end(requested, spec, { type: 'Fail', code: 'unreachable', why: error.message })
      if (signal.reason !== preempted) throw error
      return this.#settle(requested, { type: 'Fail', ...tookItsPlace })
    }
  }

  /** What may be sent twice is sent until the line is there, or the time is up. */
  async #send({ data }: Requested, spec: CommandSpec, signal: AbortSignal): Promise<void> {
    const { device, clock } = this.#parts
    for (;;) {
      signal.throwIfAborted()
      try {
        return await device.send(data.name, data.parameters)
      } catch (error) {
        const again = error instanceof DeviceUnreachable && spec.idempotent
        if (!again || epochMsOf(data.deadlineAt) <= clock.now()) throw error
        await clock.sleepUntil(clock.now() + lookMs, signal)
      }
    }
  }

  /** Looks until it is done; a look that gets no answer says nothing. */
  async #attend(requested: Requested, spec: CommandSpec, signal: AbortSignal): Promise<void> {
    const { clock, watch } = this.#parts
    const { parameters, deadlineAt } = requested.data
    for (;;) {
      signal.throwIfAborted()
      const report = await watch.look().catch((error: unknown) => this.#ignored(error))
      const progress = report ? spec.progress(report.status, parameters) : going
      if (progress.kind === 'done')
        return this.#end(requested, spec, { type: 'Complete', result: progress.result })
      if (progress.kind === 'failed')
        return this.#end(requested, spec, { type: 'Fail', code: progress.code, why: progress.why })
      if (epochMsOf(deadlineAt) <= clock.now()) return this.#end(requested, spec, lateStep(requested))
      // An exposure of ten minutes need not be asked after six hundred times.
      const restMs = Math.max(lookMs, (progress.restS ?? 0) * 1000)
      await clock.sleepUntil(Math.min(clock.now() + restMs, epochMsOf(deadlineAt)), signal)
    }
  }

  /** Silence is on record already; a log that is away is no reason to let a device go unattended. */
  #ignored(error: unknown): null {
    if (!(error instanceof DeviceUnreachable)) this.#parts.onTrouble?.(error)
    return null
  }

  /** What the device itself brought to an end. That it can be stopped says nothing of how well it is. */
  #end(requested: Requested, spec: CommandSpec, step: Step): Promise<void> {
    const well = step.type === 'Complete'
    const ails = step.type === 'TimeOut' || (step.type === 'Fail' && isAiling(step.code))
    if (ails || (well && spec.class !== 'secures')) this.#parts.onEnd?.(well)
    return this.#settle(requested, step)
  }

  async #settle({ id, data, metadata }: Requested, step: Step): Promise<void> {
    const { conversationId, device, name } = data
    const envelope: Envelope = {
      commandId: uuidFrom(step.type, conversationId),
      at: instantOf(this.#parts.clock.now()),
      night: metadata.night,
      actor: { kind: 'agent', id: `${device}-agent` },
      causationId: id,
      correlationId: metadata.correlationId,
      ...(this.#parts.simulated ? { simulated: true } : {}),
    }
    const command = { ...step, conversationId, device, name, night: metadata.night }
    for (;;) {
      try {
        await this.#converse.tell(command, envelope)
        return
      } catch (error) {
        // The thing is done: it must not be forgotten, and saying it twice does no harm.
        if (!(error instanceof StoreUnavailable) || this.#ending) throw error
        this.#parts.onTrouble?.(error)
        await this.#parts.clock.sleepUntil(this.#parts.clock.now() + lookMs)
      }
    }
  }
}

const drillOnReal = { code: 'drill', why: 'only simulated devices act on a drill, and this one is real' }
const unknown = { code: 'unknown_command', why: 'there is no such command' }

const lateStep = ({ metadata, data }: Requested): Step => ({
  type: 'TimeOut',
  afterS: Math.max(0, secondsBetween(metadata.occurredAt, data.deadlineAt)),
})

/** What was agreed to before a crash cannot be refused any more, only fail. */
const refusalStep = (begun: 'requested' | 'agreed', refusal: Refused): Step =>
  begun === 'requested'
    ? { type: 'Refuse', ...refusal }
    : { type: 'Fail', code: refusal.code, why: refusal.why }
