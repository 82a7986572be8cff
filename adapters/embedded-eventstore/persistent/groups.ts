import { randomUUID } from 'node:crypto'
import { LogReader } from '../log/reader.ts'
import { expectedRevision } from '../store/expected.ts'
import type { Store } from '../store/store.ts'
import { groupExists, groupFailed, groupMissing } from './errors.ts'
import { Group } from './group.ts'
import type { GroupRequest } from './requests.ts'
import { allSource, type GroupConfig, settingsSchema, storedGroupsSchema, strategyNames } from './settings.ts'

const configStream = Buffer.from('$persistentSubscriptionConfig')
const tickMs = 1000

/** All groups of this node, kept in a stream of their own. */
export class Groups {
  readonly #store: Store
  readonly #groups = new Map<string, Group>()
  readonly #timer: NodeJS.Timeout

  constructor(store: Store) {
    this.#store = store
    this.#load()
    this.#timer = setInterval(() => {
      for (const group of this.#groups.values()) group.tick()
    }, tickMs)
    this.#timer.unref()
  }

  get(source: string, name: string): Group {
    const group = this.#groups.get(keyOf(source, name))
    if (!group) throw groupMissing(source, name)
    return group
  }

  list(source?: string): Group[] {
    const all = [...this.#groups.values()]
    return source === undefined ? all : all.filter(({ config }) => config.source === source)
  }

  async create(request: GroupRequest): Promise<void> {
    const key = keyOf(request.source, request.group)
    if (this.#groups.has(key)) throw groupExists(request.source, request.group)
    const config = this.#configOf(request)
    this.#groups.set(key, new Group(this.#store, config))
    await this.#save()
  }

  /** Consumers are dropped and have to come back; the filter and the checkpoint stay. */
  async update(request: GroupRequest): Promise<void> {
    const group = this.get(request.source, request.group)
    const { filter } = group.config
    const config = this.#configOf({ ...request, filter })
    group.stop()
    this.#groups.set(keyOf(request.source, request.group), new Group(this.#store, config))
    await this.#save()
  }

  async delete(source: string, name: string): Promise<void> {
    const group = this.get(source, name)
    this.#groups.delete(keyOf(source, name))
    await group.delete()
    await this.#save()
  }

  /** Drops every consumer and starts all groups from what is stored. */
  restart(): void {
    for (const group of this.#groups.values()) group.stop()
    this.#groups.clear()
    this.#load()
  }

  stop(): void {
    clearInterval(this.#timer)
    for (const group of this.#groups.values()) group.halt()
  }

  #configOf(request: GroupRequest): GroupConfig {
    const { source, group, filter } = request
    const fail = (reason: string) => groupFailed(source, group, reason)
    const { success, data: settings } = settingsSchema.safeParse(request.settings)
    if (!success) {
      throw fail(`Consumer strategy ${request.settings.strategy} is none of ${strategyNames.join(', ')}.`)
    }
    if (settings.readBatchSize >= settings.historyBufferSize) {
      throw fail('The read batch size must be less than the history buffer size.')
    }
    const start = this.#startOf(request)
    return {
      source,
      group,
      settings,
      ...start,
      ...(filter ? { filter: { ...filter, prefixes: [...filter.prefixes] } } : {}),
    }
  }

  /** The end is pinned down now: an event acknowledged after this is delivered, restart or not. */
  #startOf({ source, group, startFrom }: GroupRequest): { startFrom: number; firstKey: number } {
    if (startFrom === 'start') return { startFrom: 0, firstKey: 0 }
    const end = source === allSource ? this.#store.log.durableEnd : this.#revisionsOf(source)
    if (startFrom === 'end') return { startFrom: -1, firstKey: end }
    if (typeof startFrom !== 'number' && startFrom.prepare > startFrom.commit) {
      throw groupFailed(source, group, 'The commit position cannot be less than the prepare position.')
    }
    const first = typeof startFrom === 'number' ? startFrom : startFrom.commit
    if (source === allSource && first >= end) {
      throw groupFailed(source, group, 'The start position is beyond the end of the log.')
    }
    return { startFrom: first, firstKey: first }
  }

  #revisionsOf(source: string): number {
    const stream = this.#store.index.stream(Buffer.from(source))
    return stream < 0 ? 0 : this.#store.streams.lastRevision(stream) + 1
  }

  #load(): void {
    const stream = this.#store.index.stream(configStream)
    const last = stream < 0 ? -1 : this.#store.streams.lastRevision(stream)
    if (last < 0) return
    const position = this.#store.index.position(this.#store.index.ordinal(stream, last))
    const stored: unknown = JSON.parse(new LogReader(this.#store.log).seek(position).data.toString())
    for (const config of storedGroupsSchema.parse(stored).entries) {
      this.#groups.set(keyOf(config.source, config.group), new Group(this.#store, config))
    }
  }

  async #save(): Promise<void> {
    const entries = [...this.#groups.values()].map(({ config }) => config)
    await this.#store.append(configStream, expectedRevision.any, [
      {
        id: randomUUID(),
        type: '$PersistentConfig',
        json: true,
        metadata: Buffer.alloc(0),
        data: Buffer.from(JSON.stringify({ version: 1, entries })),
      },
    ])
  }
}

const keyOf = (source: string, group: string): string => `${source}::${group}`
