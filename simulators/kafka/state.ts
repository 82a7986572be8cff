import type { TcpAddress } from '../tcp-server.ts'

type Group = { generation: number; memberId: string; readonly committed: Map<string, bigint> }

/** What a broker keeps while its listener comes and goes. Each topic has one partition. */
export class KafkaState {
  readonly topics = new Map<string, Uint8Array[]>()
  /** Topics whose fetches fail, and by which of Kafka's error codes. */
  readonly failing = new Map<string, number>()
  address: TcpAddress = { host: '127.0.0.1', port: 0 }
  readonly #groups = new Map<string, Group>()
  #next = Promise.withResolvers<void>()

  group(id: string): Group {
    const group = this.#groups.get(id) ?? { generation: 0, memberId: '', committed: new Map() }
    this.#groups.set(id, group)
    return group
  }

  get groups(): readonly string[] {
    return [...this.#groups.keys()]
  }

  /** Wakes everybody who waits for something to happen. */
  changed(): void {
    this.#next.resolve()
    this.#next = Promise.withResolvers()
  }

  /** Resolves at the next change. */
  get change(): Promise<void> {
    return this.#next.promise
  }

  /** Resolves once it is so. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await this.change
  }
}
