import { randomUUID } from 'node:crypto'
import { positionText } from '#api/http/paging.ts'
import { clientSender } from '#domain/live/directory.ts'
import type { Position } from '#domain/shared/event.ts'
import { isAfter } from '#projections/engine/position.ts'
import { type CatchUpParts, catchUp, type Listening } from './catch-up.ts'
import { ClientLine, type LineParts, type Outlet } from './client-line.ts'
import type { Registration, Router } from './router.ts'
import { serverSent, stillHere } from './server-sent.ts'

/** What a client wants: things said, changes of read models, or both. */
export type Wishes = Omit<Listening, 'line'> & {
  readonly models: ReadonlySet<string>
  /** From where it goes on; from now without it. */
  readonly since?: Position
  /** Whether who listens still may; without it nothing can take that away. */
  readonly stillMay?: () => Promise<boolean>
}

export type ConnectionParts = LineParts & {
  readonly router: Router
  readonly reading: CatchUpParts
  /** Called once: it was too slow, or its socket is gone. */
  readonly onLeave: (connection: Connection, why: 'cut' | 'gone') => void
}

/** One live client, from its hello until it is cut or gone. While it is there it is a sender: `client-<id>`. */
export class Connection {
  readonly id = randomUUID()
  readonly #parts: ConnectionParts
  readonly #wishes: Wishes
  readonly #outlet: Outlet
  readonly #line: ClientLine
  readonly #presence: Registration
  readonly #left = new AbortController()
  readonly #closed = new AbortController()
  #stopListening = () => {}
  /** Whether it has all that was published. */
  #joined: boolean

  constructor(outlet: Outlet, wishes: Wishes, parts: ConnectionParts) {
    this.#parts = parts
    this.#wishes = wishes
    this.#outlet = outlet
    this.#line = new ClientLine(outlet, parts, () => this.#onCut())
    this.#joined = wishes.wants.length === 0
    const sender = clientSender(this.id)
    this.#presence = parts.router.register({ sender, events: {}, about: { clientId: this.id } })
    this.#begin()
  }

  /** A change of a read model, ready to be sent. */
  tellModel(model: string, bytes: Buffer): void {
    if (this.#wishes.models.has(model)) this.#line.send(bytes)
  }

  /** Now and then: cuts who takes nothing; otherwise keeps the line open and says how far it has come without a word. */
  check(): void {
    this.#line.check()
    if (!this.#line.idle) return
    const { position } = this.#parts.reading.log
    const here = this.#joined && position ? `id: ${positionText(position)}\n\n` : stillHere
    this.#line.send(Buffer.from(here))
  }

  /** Ends the line of who may not listen any more: on coming back it is told so. */
  async recheck(): Promise<void> {
    const { stillMay } = this.#wishes
    if (!stillMay || (await stillMay())) return
    this.#outlet.end()
    this.gone()
  }

  /** The socket is gone. */
  gone(): void {
    this.#closed.abort()
    this.#line.close()
    this.#leave('gone')
  }

  #begin(): void {
    const { since, wants, passes } = this.#wishes
    const { reading } = this.#parts
    const from = since ?? reading.log.position
    const position = from && positionText(from)
    const hello = serverSent('hello', { position, clientId: this.id }, position ?? undefined)
    this.#line.send(Buffer.from(hello))
    if (wants.length === 0) return
    if (since === undefined) this.#join(from)
    else {
      const to = { line: this.#line, wants, passes }
      const join = (after: Position | null) => this.#join(after)
      void catchUp(since, to, reading, join, this.#left.signal).catch(() => this.#line.cut())
    }
  }

  #join(after: Position | null): void {
    const { wants, passes } = this.#wishes
    this.#joined = true
    this.#stopListening = this.#parts.router.listen({
      wants,
      hear: (item) => {
        if (item.position !== null && !isAfter(item.position, after)) return
        if (passes(item)) this.#line.send(item.frame(), item.position)
      },
    })
  }

  #onCut(): void {
    const { clock, limits } = this.#parts
    this.#leave('cut')
    // It has a while to read why; then its socket goes, whether it did or not.
    const destroy = () => this.#outlet.destroy()
    void clock.sleepUntil(clock.now() + limits.stalledMs, this.#closed.signal).then(destroy, destroy)
  }

  #leave(why: 'cut' | 'gone'): void {
    if (this.#left.signal.aborted) return
    this.#left.abort(new Error(`the client is ${why}`))
    this.#stopListening()
    this.#presence.leave()
    this.#parts.onLeave(this, why)
  }
}
