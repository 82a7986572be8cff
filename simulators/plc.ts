import type { Socket } from 'node:net'
import type { Clock } from '#domain/shared/clock.ts'
import { JsonFraming } from '#domain/shared/json-framing.ts'
import { instantOf } from '#domain/shared/time.ts'
import { unknownCommand } from './device.ts'
import { askedBy, refusal, sendAnswer } from './plc-answer.ts'
import { outputCommands, PlcOutputs } from './plc-outputs.ts'
import type { PlcStatus } from './plc-status.ts'
import { PretendedRain, pretendCommand } from './pretended-rain.ts'
import { momentAt, type PlcMoment, type Scenario, unchanging } from './scenario.ts'
import { type TcpAddress, TcpServer } from './tcp-server.ts'
import { wandered } from './wander.ts'

export type PlcSimulatorOptions = {
  clock: Clock
  /** {@link unchanging} unless given. */
  scenario?: Scenario
  iterationMs?: number
  log?: (line: string) => void
}

export type Ending = 'lifetime' | 'stopped'

// A command is 31 bytes; room for one of 64 KiB (A12) and as much again.
const maxCommandBytes = 128 * 1024

/**
 * A PLC as seen from its socket: answers STATUS while a scenario happens to it, iteration by iteration (P1–P3, P18–P24).
 * Beside that it switches a lamp and the power of other devices. Whoever asks RAIL is told at once, and at every change,
 * which devices have no power: in a real observatory that is a cable. PRETEND_RAIN makes it say that it rains (W3).
 */
export class PlcSimulator {
  /** How it ended: its scenario was over, or it was stopped. */
  readonly ended: Promise<Ending>
  readonly #clock: Clock
  readonly #scenario: Scenario
  readonly #iterationMs: number
  readonly #log: (line: string) => void
  readonly #end = Promise.withResolvers<Ending>()
  readonly #stopping = new AbortController()
  readonly #server = new TcpServer((socket) => this.#serve(socket))
  readonly #outputs = new PlcOutputs()
  readonly #rain = new PretendedRain()
  readonly #rails = new Set<Socket>()
  #begun = false
  #iteration = 0
  #moment: PlcMoment

  constructor({ clock, scenario = unchanging(), iterationMs = 1000, log = () => {} }: PlcSimulatorOptions) {
    this.#clock = clock
    this.#scenario = scenario
    this.#iterationMs = iterationMs
    this.#log = log
    this.#moment = momentAt(scenario, 0)
    this.ended = this.#end.promise
  }

  /** Counted from 0. Whatever the scenario says of an iteration holds from its first moment. */
  get iteration(): number {
    return this.#iteration
  }

  /** Listens and begins iteration 0. Port 0 picks a free one, and keeps it over outages. Once only. */
  async listen({ port, host = '127.0.0.1' }: { port: number; host?: string }): Promise<TcpAddress> {
    const address = await this.#server.open({ host, port })
    this.#begun = true
    this.#live(address).then(this.#end.resolve, this.#end.reject)
    return address
  }

  /** Drops all connections and frees the port. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    if (!this.#begun) this.#end.resolve('stopped')
    await this.ended
  }

  async #live(address: TcpAddress): Promise<Ending> {
    const startedAt = this.#clock.now()
    const { iterations, repeat } = this.#scenario
    try {
      while (repeat || this.#iteration < iterations) {
        await this.#enter(address)
        // By deadlines, not by naps: PYROS's loop drifted by 30 ms a turn (P17).
        const endsAt = startedAt + (this.#iteration + 1) * this.#iterationMs
        await this.#clock.sleepUntil(endsAt, this.#stopping.signal)
        this.#iteration += 1
      }
      return 'lifetime'
    } catch (error) {
      if (this.#stopping.signal.aborted) return 'stopped'
      throw error
    } finally {
      await this.#server.close()
    }
  }

  async #enter(address: TcpAddress): Promise<void> {
    const before = this.#moment
    this.#moment = momentAt(this.#scenario, this.#iteration)
    const { reachable, mode } = this.#moment
    if (mode !== before.mode) this.#log(`iteration ${this.#iteration}: answers ${mode}`)
    if (reachable === this.#server.listening) return
    this.#log(`iteration ${this.#iteration}: ${reachable ? 'reachable again' : 'unreachable'}`)
    if (reachable) await this.#server.open(address)
    else await this.#server.close()
  }

  #serve(socket: Socket): void {
    const framing = new JsonFraming(maxCommandBytes)
    socket.on('data', (chunk) => {
      const { texts, fault } = framing.push(chunk)
      for (const text of texts) this.#answer(socket, text)
      if (fault) socket.end(refusal(this.#status(), fault.detail))
    })
  }

  #answer(socket: Socket, text: string): void {
    const asked = askedBy(text)
    if ('fault' in asked) {
      socket.write(refusal(this.#status(), asked.fault))
      return
    }
    for (const { name, parameters } of asked.command) {
      if (name === 'STATUS') sendAnswer(socket, this.#status(), this.#moment.mode)
      else if (name === 'RAIL') this.#feed(socket)
      else if (name === pretendCommand) sendAnswer(socket, this.#pretended(parameters), this.#moment.mode)
      else if (isOutput(name)) sendAnswer(socket, this.#switched(name, parameters), this.#moment.mode)
      else socket.write(refusal(this.#status(), unknownCommand(name, known).comment))
    }
  }

  #switched(name: string, parameters: unknown): object {
    const now = this.#clock.now()
    const said = { name, from: this.#status().from, date: instantOf(now) }
    if (name === 'OUTPUTS') return { ...said, status: 'OK', state: this.#outputs.state(now), faults: [] }
    const refused = this.#outputs.tell(name, parameters, now)
    if (refused) return { ...said, status: 'REFUSED', ...refused }
    this.#tellRails()
    return { ...said, status: 'OK' }
  }

  #pretended(parameters: unknown): object {
    const now = this.#clock.now()
    const said = { name: pretendCommand, from: this.#status().from, date: instantOf(now) }
    const refused = this.#rain.tell(parameters, now)
    return refused ? { ...said, status: 'REFUSED', ...refused } : { ...said, status: 'OK' }
  }

  #feed(socket: Socket): void {
    if (!this.#rails.has(socket)) socket.once('close', () => this.#rails.delete(socket))
    this.#rails.add(socket)
    this.#tellRails()
  }

  /** Now, and again when a relay comes back by itself. */
  #tellRails(): void {
    const now = this.#clock.now()
    for (const socket of this.#rails)
      socket.write(JSON.stringify([{ name: 'RAIL', without: this.#outputs.without(now) }]))
    const next = this.#outputs.nextChangeMs(now)
    if (Number.isFinite(next))
      this.#clock.sleepUntil(next, this.#stopping.signal).then(
        () => this.#tellRails(),
        () => {},
      )
  }

  #status(): PlcStatus {
    const { wander, clock, seed } = this.#scenario
    const { status } = this.#moment
    const now = this.#clock.now()
    const moving = this.#rain.over(wander ? wandered(status, this.#iteration, seed) : status, now)
    return clock === 'standing' ? moving : { ...moving, date: plcDate(now) }
  }
}

const known = ['OUTPUTS', pretendCommand, ...outputCommands]
const isOutput = (name: string): boolean => known.includes(name)

/** As the PLC writes it: UTC, to the second, and no zone. */
const plcDate = (epochMs: number) => new Date(epochMs).toISOString().slice(0, 19)
