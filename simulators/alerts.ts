import { readFileSync } from 'node:fs'
import type { Clock } from '#domain/shared/clock.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import type { AlertChange, AskedNotice } from './alert-change.ts'
import { delivered } from './alert-delivery.ts'
import { noticeXml } from './alert-notice.ts'
import type { AlertScenario } from './alert-scenario.ts'
import { askedNotice } from './asked-notice.ts'
import type { TcpAddress } from './tcp-server.ts'
import { VtpBroker } from './vtp-broker.ts'

export type AlertSimulatorOptions = {
  readonly clock: Clock
  readonly scenario: AlertScenario
  readonly iterationMs?: number
  /** East, in degrees: where an hour angle is counted from. */
  readonly longitudeDeg?: number
  readonly log?: (line: string) => void
}

const utf8 = new TextEncoder()

/** A VTP broker that plays notices on a scenario's times, well or badly. */
export class AlertSimulator {
  readonly broker: VtpBroker
  /** Resolves when the scenario is over or it was stopped. */
  readonly ended: Promise<'lifetime' | 'stopped'>
  readonly #options: Required<AlertSimulatorOptions>
  readonly #end = Promise.withResolvers<'lifetime' | 'stopped'>()
  readonly #stopping = new AbortController()
  #begun = false
  #flooded = 0
  /** Names what must not be named twice, in this run or the next. */
  #roundBegan = 0

  constructor(options: AlertSimulatorOptions) {
    this.#options = {
      iterationMs: 1_000,
      longitudeDeg: sanPedroMartir.longitudeDeg,
      log: () => {},
      ...options,
    }
    this.broker = new VtpBroker({ clock: options.clock, log: this.#options.log })
    this.ended = this.#end.promise
  }

  /** Port 0 picks a free one, and keeps it over outages. Once only. */
  async listen({ port, host = '127.0.0.1' }: { port: number; host?: string }): Promise<TcpAddress> {
    const address = await this.broker.listen({ host, port })
    this.#begun = true
    this.#live(address).then(this.#end.resolve, this.#end.reject)
    return address
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    if (!this.#begun) this.#end.resolve('stopped')
    await this.ended
  }

  async #live(address: TcpAddress): Promise<'lifetime' | 'stopped'> {
    const { clock, iterationMs, scenario } = this.#options
    const startedAt = clock.now()
    try {
      for (let i = 0; scenario.repeat || i < scenario.iterations; i += 1) {
        await this.#enter(i, address)
        await clock.sleepUntil(startedAt + (i + 1) * iterationMs, this.#stopping.signal)
      }
      return 'lifetime'
    } catch (error) {
      if (this.#stopping.signal.aborted) return 'stopped'
      throw error
    } finally {
      await this.broker.stop()
    }
  }

  async #enter(iteration: number, address: TcpAddress): Promise<void> {
    const { scenario } = this.#options
    const round = Math.floor(iteration / scenario.iterations)
    if (iteration === round * scenario.iterations) this.#roundBegan = this.#options.clock.now()
    const time = iteration - (Number.isFinite(scenario.iterations) ? round * scenario.iterations : 0)
    await this.#settle(time, address)
    for (const { change } of scenario.changes.filter((entry) => entry.time === time)) this.#play(change)
  }

  /** Silence and outages last from their entry on. */
  async #settle(time: number, address: TcpAddress): Promise<void> {
    const lasts = (kind: 'silence' | 'outage') =>
      this.#options.scenario.changes.some(
        ({ change, time: since }) =>
          change.kind === kind && since <= time && time < since + change.iterations,
      )
    this.broker.silent = lasts('silence')
    const reachable = !lasts('outage')
    if (reachable === this.broker.listening) return
    this.#options.log(reachable ? 'reachable again' : 'unreachable')
    if (reachable) await this.broker.listen(address)
    else await this.broker.close()
  }

  #play(change: AlertChange): void {
    if (change.kind === 'notice') this.#notify(change.asked)
    if (change.kind === 'file') this.broker.send(readFileSync(change.path))
    if (change.kind === 'flood') this.#flood(change.notices)
  }

  #notify(asked: AskedNotice): void {
    const { clock, longitudeDeg, log } = this.#options
    const issuedAt = clock.now()
    const { trigger, xml } = askedNotice(asked, { issuedAt, roundBegan: this.#roundBegan, longitudeDeg })
    const document = utf8.encode(xml)
    log(`sends ${asked.notice} of ${trigger}${asked.delivery === 'well' ? '' : `, ${asked.delivery}`}`)
    const { writes, events, hangsUp } = delivered(document, asked.delivery)
    for (let n = 0; n < asked.times; n += 1) this.broker.sendBytes(writes, events)
    if (hangsUp) this.broker.hangUp()
  }

  /** Pointings of a satellite: real notices, all different, that no telescope has to follow. */
  #flood(notices: number): void {
    const issuedAt = this.#options.clock.now()
    this.#options.log(`sends ${notices} pointing notices at once`)
    for (let n = 0; n < notices; n += 1) {
      this.#flooded += 1
      const trigger = `${900_000_000 + this.#flooded}`
      const about = { kind: 'swift-pointing', trigger, raDeg: n % 360, decDeg: 0, errorRadiusDeg: 0 } as const
      this.broker.send(utf8.encode(noticeXml({ ...about, eventAt: issuedAt, issuedAt, serial: 1 })))
    }
  }
}
