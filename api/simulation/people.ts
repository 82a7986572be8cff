import { readFileSync } from 'node:fs'
import { readRequestXml } from '#adapters/request-xml/read-request.ts'
import type { VirtualClock } from '#adapters/virtual-clock.ts'
import { CommandRefused } from '#commands/command-refused.ts'
import { requestDeviceCommand } from '#commands/devices/request-command.ts'
import type { EventStore } from '#commands/event-store.ts'
import { commandHandler, type Envelope } from '#commands/handle.ts'
import { nightCourse } from '#commands/night/course.ts'
import { programmeCommands } from '#commands/people/programmes.ts'
import { requestDesk, type Writing } from '#commands/requests/request-desk.ts'
import { PersonRefusal } from '#domain/people/refusal.ts'
import { userStream } from '#domain/people/streams.ts'
import { isUserEvent, type UserCommand, user } from '#domain/people/user.ts'
import { schemaFaults } from '#domain/requests/fault.ts'
import { colibri } from '#domain/requests/instrument.ts'
import { requestFormSchema } from '#domain/requests/request-form.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { PersonAction } from '#simulators/night-people.ts'
import type { NightScenario } from '#simulators/night-scenario.ts'

type Parts = {
  readonly store: EventStore
  readonly clock: VirtualClock
  readonly site: Site
  readonly say: (line: string) => void
}

type Act<Kind> = Extract<PersonAction, { kind: Kind }>

const fromJson = (json: unknown): Writing => {
  const read = requestFormSchema.safeParse(json)
  if (read.success)
    return { form: read.data, source: 'json', raw: JSON.stringify(json), warnings: [], relative: false }
  const [fault] = schemaFaults(read.error)
  throw new CommandRefused('invalid_request', `${fault?.path}: ${fault?.message}`)
}

const fromXml = (bytes: Uint8Array, at: string): Writing => {
  const read = readRequestXml(bytes, { instrument: colibri, at, strict: false })
  if ('faults' in read)
    throw new CommandRefused('invalid_request', read.faults.map(({ message }) => message).join('; '))
  const { form, warnings, relative } = read
  return { form, source: 'xml', raw: new TextDecoder().decode(bytes), warnings, relative }
}

const writingOf = ({ submit }: Act<'submit'>, at: string): Writing => {
  if (typeof submit !== 'string') return fromJson(submit)
  const bytes = readFileSync(submit)
  return submit.endsWith('.xml') ? fromXml(bytes, at) : fromJson(JSON.parse(bytes.toString('utf8')))
}

/** People of a simulated night: what they do goes the same way into the log as from the API. */
export class SimulatedPeople {
  readonly #parts: Parts
  readonly #known = new Set<string>()
  /** Requests by what the scenario calls them. */
  readonly #requests = new Map<string, string>()
  #acts = 0

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Does all of it at its time. */
  async live({ people, startsAtMs }: NightScenario, signal: AbortSignal): Promise<void> {
    const { clock, say } = this.#parts
    for (const { time, action } of people) {
      await clock.sleepUntil(startsAtMs + time * 1000, signal)
      try {
        await this.#act(action)
      } catch (error) {
        if (!(error instanceof CommandRefused || error instanceof PersonRefusal)) throw error
        say(`${instantOf(clock.now()).slice(11, 19)} UTC  ${action.user} is refused: ${error.message}`)
      }
    }
  }

  #act(action: PersonAction): Promise<unknown> {
    switch (action.kind) {
      case 'submit':
        return this.#submit(action)
      case 'withdraw':
        return this.#withdraw(action)
      case 'mode':
        return this.#changeMode(action)
      case 'device':
        return this.#order(action)
    }
  }

  #envelope(userId: string): Envelope {
    const { clock, site } = this.#parts
    const at = instantOf(clock.now())
    this.#acts += 1
    return {
      commandId: uuidFrom(`simulated/${site.id}/${at}/${this.#acts}`, noctuaryNamespace),
      at,
      night: nightOf(at, site.timeZone),
      actor: { kind: 'user', id: userId },
      simulated: true,
    }
  }

  async #submit(action: Act<'submit'>): Promise<void> {
    const { store, site } = this.#parts
    const envelope = this.#envelope(action.user)
    const writing = writingOf(action, envelope.at)
    const { name, programme } = writing.form
    const userId = writing.form.user ?? action.user
    await this.#introduce(userId, programme)
    const desk = requestDesk({ store, observatory: { site, instrument: colibri } })
    const { requestId, state } = await desk.draft(writing, true, envelope)
    this.#requests.set(action.as ?? name, requestId)
    const [fault] = state.faults
    if (fault) throw new CommandRefused('request_refused', `${name}: ${fault.path}: ${fault.message}`)
  }

  /** Who asks must be known, and so must what for. */
  async #introduce(userId: string, programme: string | undefined): Promise<void> {
    const { store, site } = this.#parts
    const users = commandHandler({
      store,
      decider: user,
      streamOf: (command: UserCommand) => userStream(command.userId),
      site: site.id,
      isOwn: isUserEvent,
    })
    if (!this.#known.has(userId)) {
      const envelope = this.#envelope(userId)
      const about = { userId, at: envelope.at, country: null, level: 1, roles: ['observer' as const] }
      await users({ type: 'RegisterUser', ...about }, envelope)
      this.#known.add(userId)
    }
    if (programme === undefined || this.#known.has(`programme ${programme}`)) return
    const envelope = this.#envelope(userId)
    const members = { leaderId: userId, memberIds: [] }
    const about = { programmeId: programme, at: envelope.at, title: programme, ...members }
    await programmeCommands({ store, site: site.id })({ type: 'OpenProgramme', ...about }, envelope)
    this.#known.add(`programme ${programme}`)
  }

  #withdraw({ withdraw, user: userId, why }: Act<'withdraw'>): Promise<unknown> {
    const { store, site } = this.#parts
    const requestId = this.#requests.get(withdraw)
    if (!requestId)
      throw new CommandRefused('request_unknown', `nobody has handed in a request called ${withdraw}`)
    const desk = requestDesk({ store, observatory: { site, instrument: colibri } })
    return desk.withdraw(requestId, why, this.#envelope(userId))
  }

  #changeMode({ mode, why, user: userId }: Act<'mode'>): Promise<unknown> {
    const { store, site } = this.#parts
    const envelope = this.#envelope(userId)
    const { night, at } = envelope
    return nightCourse(store, site.id)(
      { type: 'ChangeControlMode', site: site.id, night, at, mode, why, byPerson: true },
      envelope,
    )
  }

  async #order({ device, command, parameters, user: userId }: Act<'device'>): Promise<void> {
    const { store, site } = this.#parts
    const ask = requestDeviceCommand({ store, site })
    const { refusal } = await ask({ device, name: command, parameters }, this.#envelope(userId))
    if (refusal) throw new CommandRefused(refusal.code, `${device} ${command}: ${refusal.why}`)
  }
}
