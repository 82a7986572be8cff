import { z } from 'zod'
import { timer } from '#domain/live/directory.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { ModelChange } from '#projections/engine/changes.ts'
import type { EventFeed } from '#projections/engine/event-feed.ts'
import type { CatchUpParts } from './catch-up.ts'
import { type LineLimits, type Outlet, usualLimits } from './client-line.ts'
import { Connection, type Wishes } from './connection.ts'
import type { LiveItem } from './item.ts'
import { LiveLog } from './live-log.ts'
import { Rounds } from './rounds.ts'
import { Router } from './router.ts'
import { serverSent } from './server-sent.ts'
import { Turns } from './turns.ts'

export type HubParts = {
  readonly feed: EventFeed
  readonly clock: Clock
  /** Tells of every read model's changes until the signal ends; without it nobody hears of them here. */
  readonly hearChanges?: (hear: (change: ModelChange) => void, signal: AbortSignal) => Promise<void>
  readonly say: (line: string) => void
  readonly mostClients?: number
  readonly limits?: LineLimits
  /** Of the newest items, for who was away for a moment. */
  readonly kept?: number
}

const usualMostClients = 2_000
const checkMs = 15_000
/** So long somebody who signed out, or lost a right, hears on. */
const recheckMs = 60_000
/** Clients that read the log for what they missed, at a time. */
const mostReading = 8

/** All that is live in this process: one line to the log and one to the read models, however many listen. */
export class Hub {
  readonly router: Router
  readonly log: LiveLog
  readonly #clock: Clock
  readonly #limits: LineLimits
  readonly #mostClients: number
  readonly #reading: CatchUpParts
  readonly #rounds = new Rounds()
  readonly #clients = new Set<Connection>()
  readonly #stopping = new AbortController()
  readonly #running: Promise<unknown>
  #published = 0
  #cut = 0
  #ticks = 0

  constructor({ feed, clock, hearChanges, say, mostClients, limits, kept }: HubParts) {
    this.#clock = clock
    this.#limits = limits ?? usualLimits
    this.#mostClients = mostClients ?? usualMostClients
    const onTrouble = once(say)
    this.router = new Router(clock, onTrouble)
    const publish: Router['publish'] = (item) => this.#publish(item)
    this.log = new LiveLog({ feed, clock, publish, onTrouble, ...(kept ? { kept } : {}) })
    this.#reading = { feed, log: this.log, clock, turns: new Turns(mostReading) }
    const { signal } = this.#stopping
    this.#running = Promise.all([
      this.log.run(signal),
      hearChanges?.((change) => this.#tellModel(change), signal),
      this.#every(timer.everyMs, this.#timer()),
      this.#every(checkMs, () => this.#check()),
      this.#every(recheckMs, () => this.#recheck()),
    ])
  }

  /** How many listen, how much was said so far, and how many were too slow. */
  get figures(): { readonly clients: number; readonly published: number; readonly cut: number } {
    return { clients: this.#clients.size, published: this.#published, cut: this.#cut }
  }

  get mostClients(): number {
    return this.#mostClients
  }

  /** Lets a client in; null when there are as many as can be. */
  connect(outlet: Outlet, wishes: Wishes): Connection | null {
    if (this.#clients.size >= this.#mostClients) return null
    const connection = new Connection(outlet, wishes, {
      clock: this.#clock,
      router: this.router,
      limits: this.#limits,
      rounds: this.#rounds,
      reading: this.#reading,
      onLeave: (left, why) => {
        this.#clients.delete(left)
        if (why === 'cut') this.#cut += 1
      },
    })
    this.#clients.add(connection)
    return connection
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    for (const connection of [...this.#clients]) connection.gone()
    await this.#running
  }

  #publish(item: LiveItem): void {
    this.#published += 1
    this.router.publish(item)
  }

  #tellModel(change: ModelChange): void {
    const bytes = Buffer.from(serverSent('model', change))
    for (const connection of this.#clients) connection.tellModel(change.model, bytes)
  }

  #check(): void {
    for (const connection of this.#clients) connection.check()
  }

  #recheck(): void {
    for (const connection of this.#clients) void connection.recheck()
  }

  /** The sender that ticks (S19); gives back what makes it do so. */
  #timer(): () => void {
    const { sender, event, everyMs } = timer
    const now = () => instantOf(this.#clock.now())
    const ticking = this.router.register({
      sender,
      events: { [event]: z.object({ at: z.iso.datetime(), ticks: z.int() }) },
      requests: { get_ticks: () => this.#ticks },
      otherwise: () => ({ at: now(), ticks: this.#ticks, everyMs }),
    })
    return () => {
      this.#ticks += 1
      ticking.fire(event, { at: now(), ticks: this.#ticks })
    }
  }

  async #every(ms: number, work: () => void): Promise<void> {
    const { signal } = this.#stopping
    for (let next = this.#clock.now() + ms; !signal.aborted; next += ms) {
      await this.#clock.sleepUntil(next, signal).catch(() => {})
      if (!signal.aborted) work()
    }
  }
}

/** A trouble that stays is told once. */
const once = (say: (line: string) => void): ((error: unknown) => void) => {
  let last = ''
  return (error) => {
    const words = `live: ${error instanceof Error ? error.message : error}`
    if (words !== last) say(words)
    last = words
  }
}
