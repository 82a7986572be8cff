import { systemClock } from '#adapters/clock.ts'
import type { Config } from '#api/config.ts'
import { Registry } from '#commands/agents/registry.ts'
import { type PartOrder, partOrders } from '#domain/operation/events.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Part, PartStatus } from './part.ts'
import type { PartName } from './part-names.ts'

export type HouseOptions = {
  readonly config: Config
  /** The simulators'. */
  readonly scenario: string
  /** What of it runs in this process; the rest is reached at the addresses in the settings. */
  readonly only: readonly PartName[]
  /** Lines for a person: what changed, nothing that repeats. */
  readonly say: (line: string) => void
}

/** What a person may order of a part. */
export type PartOrders = {
  readonly can: readonly PartOrder[]
  readonly order: (order: PartOrder) => Promise<void>
}

/** What all parts of a running system share: who is there, how each is, and that all of it ends, last started first. */
export class House {
  readonly config: Config
  readonly scenario: string
  readonly only: readonly PartName[]
  readonly say: (line: string) => void
  readonly clock: Clock = systemClock
  readonly registry = new Registry(systemClock)
  /** Where each part is, for people: addresses without passwords. */
  readonly addresses = new Map<PartName, string>()
  /** Parts that people may stop, start and start anew, by name. */
  readonly orders = new Map<string, PartOrders>()
  /** Where the simulated PLC is; null while there is none here. */
  plcSimulator: { readonly host: string; readonly port: number } | null = null
  readonly #stack: AsyncDisposableStack
  readonly #statuses: (() => readonly PartStatus[])[] = []

  constructor({ config, scenario, only, say }: HouseOptions, stack: AsyncDisposableStack) {
    this.config = config
    this.scenario = scenario
    this.only = only
    this.say = say
    this.#stack = stack
  }

  /** What those who supervise need. */
  get surroundings() {
    return { config: this.config, clock: this.clock, log: this.say }
  }

  /** Whether the world that is looked at is a simulation. */
  get simulated(): boolean {
    return this.config.SIMULATED || !this.config.PLC_ADDRESS
  }

  has(part: PartName): boolean {
    return this.only.includes(part)
  }

  /** Takes a part in: its status counts, it stands in the graph, and it stops with the rest. */
  add<P extends Part>(part: P, links: readonly string[] = []): P {
    const { name } = part.status()
    this.atEnd(this.registry.register({ id: name, kind: 'part', links, look: part.status }))
    return this.count(part)
  }

  /** A part that people may order about. */
  addOrderly<P extends Part & Pick<PartOrders, 'order'>>(part: P, links: readonly string[] = []): P {
    this.orders.set(part.status().name, { can: partOrders, order: part.order })
    return this.add(part, links)
  }

  /** An agent that people may start anew. */
  readonly takesRestart = (name: string, startAnew: () => void): void => {
    this.orders.set(name, { can: ['restart'], order: async () => startAnew() })
  }

  /** The same for a part that stands in the graph already. */
  count<P extends Part>(part: P): P {
    this.watch(() => [part.status()])
    this.atEnd(() => part.stop())
    return part
  }

  /** More to be looked at in `/health`. */
  watch(statuses: () => readonly PartStatus[]): void {
    this.#statuses.push(statuses)
  }

  statuses(): PartStatus[] {
    return this.#statuses.flatMap((look) => look())
  }

  readonly atEnd = (end: () => void | Promise<void>): void => {
    this.#stack.defer(end)
  }
}
