import type { Socket } from 'node:net'
import { type DeviceAnswer, deviceQuestionSchema } from '#domain/devices/wire.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { JsonFraming } from '#domain/shared/json-framing.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { SimulatedDevice } from './device.ts'
import {
  type Cure,
  type DeviceScenario,
  type FaultKind,
  nextChange,
  type Trouble,
  troublesAt,
  untroubled,
} from './device-scenario.ts'
import { type TcpAddress, TcpServer } from './tcp-server.ts'

const maxCommandBytes = 128 * 1024

export type DeviceServerOptions = {
  readonly device: SimulatedDevice
  readonly clock: Clock
  /** {@link untroubled} unless given. */
  readonly scenario?: DeviceScenario
  readonly iterationMs?: number
}

type Answer = Partial<DeviceAnswer> & Pick<DeviceAnswer, 'status'>

/** A simulated device behind its socket, while a scenario happens to it. */
export class DeviceServer {
  /** How it ended: its scenario was over, or it was stopped. */
  readonly ended: Promise<'lifetime' | 'stopped'>
  readonly #device: SimulatedDevice
  readonly #clock: Clock
  readonly #scenario: DeviceScenario
  readonly #iterationMs: number
  readonly #end = Promise.withResolvers<'lifetime' | 'stopped'>()
  readonly #stopping = new AbortController()
  readonly #cured = new Set<Trouble>()
  readonly #server = new TcpServer((socket) => this.#serve(socket))
  #address: TcpAddress | null = null
  #powered = true
  #iteration = 0
  #silent = false
  #reachable = true
  #lastSettling: Promise<unknown> = Promise.resolve()
  #lastTurn: Promise<unknown> = Promise.resolve()

  constructor({ device, clock, scenario = untroubled, iterationMs = 1000 }: DeviceServerOptions) {
    this.#device = device
    this.#clock = clock
    this.#scenario = scenario
    this.#iterationMs = iterationMs
    this.ended = this.#end.promise
  }

  /** Port 0 picks a free one, and keeps it over outages. Once only. */
  async listen({ port, host = '127.0.0.1' }: { port: number; host?: string }): Promise<TcpAddress> {
    const address = await this.#server.open({ host, port })
    this.#address = address
    this.#live().then(this.#end.resolve, this.#end.reject)
    return address
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    if (!this.#address) this.#end.resolve('stopped')
    await this.ended
  }

  /** Ends what a reset, or taking its power away for a moment, ends. */
  cure(how: Cure): void {
    for (const trouble of troublesAt(this.#scenario, this.#iteration))
      if (trouble.cure === 'reset' || trouble.cure === how) this.#cured.add(trouble)
    this.#suffer()
  }

  /** Without power it neither answers nor moves; when it comes back, what only that cures is cured. */
  power(on: boolean): void {
    if (on === this.#powered) return
    this.#powered = on
    if (on) {
      this.#device.tell('RESET', {}, this.#clock.now())
      this.cure('power-cycle')
    } else this.#suffer()
    // A port that somebody else has taken meanwhile is a device that does not come back.
    this.#settle().catch(() => {})
  }

  async #live(): Promise<'lifetime' | 'stopped'> {
    const startedAt = this.#clock.now()
    const { iterations, repeat } = this.#scenario
    try {
      while (repeat || this.#iteration < iterations) {
        await this.#enter()
        const next = nextChange(this.#scenario, this.#iteration)
        await this.#clock.sleepUntil(startedAt + next * this.#iterationMs, this.#stopping.signal)
        this.#iteration = next
      }
      return 'lifetime'
    } catch (error) {
      if (this.#stopping.signal.aborted) return 'stopped'
      throw error
    } finally {
      await this.#settle()
      await this.#server.close()
    }
  }

  #enter(): Promise<void> {
    // Another round of the scenario: everything happens anew.
    if (this.#iteration % this.#scenario.iterations === 0) this.#cured.clear()
    this.#suffer()
    return this.#settle()
  }

  /** Opens or closes the port, as outage and power want it by the time of its turn. */
  #settle(): Promise<void> {
    const settled = this.#lastSettling.then(async () => {
      if (!this.#address || this.#reachable === this.#server.listening) return
      if (this.#reachable && !this.#stopping.signal.aborted) await this.#server.open(this.#address)
      else await this.#server.close()
    })
    this.#lastSettling = settled.catch(() => {})
    return settled
  }

  #suffer(): void {
    const active = troublesAt(this.#scenario, this.#iteration).filter((trouble) => !this.#cured.has(trouble))
    const kinds = new Set(active.map(({ kind }) => kind))
    this.#reachable = this.#powered && !kinds.has('outage')
    this.#silent = kinds.has('silent')
    const faults = new Set([...kinds].filter((kind): kind is FaultKind => kind !== 'outage'))
    if (!this.#powered) faults.add('stuck')
    this.#device.suffers(faults, this.#clock.now())
  }

  #serve(socket: Socket): void {
    const framing = new JsonFraming(maxCommandBytes)
    socket.on('data', (chunk) => {
      const { texts, fault } = framing.push(chunk)
      for (const text of texts) this.#inTurn(socket, text)
      if (fault)
        socket.end(this.#said('ERROR', { status: 'REFUSED', code: 'no_command', comment: fault.detail }))
    })
  }

  /** One after another: a status that takes a moment must not be overtaken. */
  #inTurn(socket: Socket, text: string): void {
    this.#lastTurn = this.#lastTurn.then(async () => {
      const answer = await this.#answer(text)
      if (!this.#silent && !socket.destroyed) socket.write(answer)
    })
  }

  async #answer(text: string): Promise<string> {
    const asked = questionIn(text)
    if (!asked) {
      const comment = 'this is no command: {"command":[{"name":"STATUS"}]} is one'
      return this.#said('ERROR', { status: 'REFUSED', code: 'no_command', comment })
    }
    try {
      return this.#said(asked.name, await this.#obeys(asked))
    } catch (error) {
      const comment = error instanceof Error ? error.message : `${error}`
      return this.#said(asked.name, { status: 'REFUSED', code: 'internal', comment })
    }
  }

  async #obeys({ name, parameters }: { name: string; parameters: Record<string, unknown> }): Promise<Answer> {
    const now = this.#clock.now()
    if (name === 'STATUS') {
      const { state, faults } = await this.#device.status(now)
      return { status: 'OK', state, faults: [...faults] }
    }
    if (name === 'RESET') this.cure('reset')
    const refusal = this.#device.tell(name, parameters, now)
    return refusal ? { status: 'REFUSED', ...refusal } : { status: 'OK' }
  }

  #said(name: string, answer: Answer): string {
    const date = instantOf(this.#clock.now())
    return JSON.stringify([{ name, from: this.#device.from, date, ...answer }])
  }
}

const questionIn = (text: string) => {
  try {
    return deviceQuestionSchema.parse(JSON.parse(text)).command[0]
  } catch {
    return null
  }
}
