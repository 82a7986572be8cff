/**
 * A live client for browsers and Node, without dependencies: it listens, mends its line, and goes on after the last
 * event it had, so that none is missed and none comes twice.
 */

import type { LiveClient, LiveClientOptions } from './client-types.ts'
import { addressOf, type Block, blockFrom, isAfter, problemIn } from './client-wire.ts'

export type * from './client-types.ts'

export class LiveRequestFailed extends Error {
  readonly code: string
  constructor(code: string, why: string) {
    super(why)
    this.name = 'LiveRequestFailed'
    this.code = code
  }
}

/** What the server refused, and would refuse again. */
class Refused extends Error {
  readonly code: string
  constructor({ code, detail }: { code: string; detail: string }) {
    super(detail)
    this.code = code
  }
}

const usualPauseMs = (failed: number): number => Math.min(250 * 2 ** failed, 5_000)

/** The server says every 15 s that it is there. */
const silentMs = 45_000

/** A listener's fault is its own: the line goes on, and the fault is heard of where uncaught ones are. */
const tell = (work: () => void): void => {
  try {
    work()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

class Client implements LiveClient {
  readonly #options: LiveClientOptions
  readonly #fetch: typeof globalThis.fetch
  readonly #closing = new AbortController()
  #connected = false
  /** How far the stream has come; an event that is not after it was given before. */
  #position: string | null
  #failed = 0
  #retryAfterMs = 0

  constructor(options: LiveClientOptions) {
    this.#options = options
    // Detached from its window a browser's fetch refuses to be called.
    this.#fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
    this.#position = options.since ?? null
  }

  isConnected(): boolean {
    return this.#connected
  }

  close(): void {
    this.#closing.abort()
  }

  async request(sender: string, request: string, params: unknown = {}, timeoutS?: number): Promise<unknown> {
    const path = `/api/agents/${encodeURIComponent(sender)}/requests/${encodeURIComponent(request)}`
    const body = JSON.stringify({ params, ...(timeoutS === undefined ? {} : { timeoutS }) })
    const headers = { 'content-type': 'application/json', 'x-noctuary-csrf': '1', ...this.#options.headers }
    const answer = await this.#fetch(`${this.#options.url}${path}`, {
      method: 'POST',
      headers,
      body,
      signal: this.#closing.signal,
    }).catch((error: unknown) => {
      throw new LiveRequestFailed('NOT_CONNECTED', `nobody answers at ${this.#options.url}: ${error}`)
    })
    if (answer.ok) {
      const { reply }: { reply?: unknown } = JSON.parse(await answer.text())
      return reply
    }
    const { code, detail } = await problemIn(answer)
    throw new LiveRequestFailed(code, detail)
  }

  async run(): Promise<void> {
    const { autoReconnect = true, pauseMs = usualPauseMs } = this.#options
    for (;;) {
      const { reason, code } = await this.#once()
      const final = this.#closing.signal.aborted || code !== null || !autoReconnect
      this.#connected = false
      tell(() => this.#options.onDisconnected?.({ reason, code, final }))
      if (final) return
      await this.#pause(Math.max(pauseMs(this.#failed), this.#retryAfterMs))
      if (this.#closing.signal.aborted) return
      this.#failed += 1
    }
  }

  /** One line, from its beginning to its end; says how it ended. */
  async #once(): Promise<{ reason: string; code: string | null }> {
    const line = new AbortController()
    const end = () => line.abort()
    this.#closing.signal.addEventListener('abort', end, { once: true })
    let silence = setTimeout(end, silentMs)
    const heard = () => {
      clearTimeout(silence)
      silence = setTimeout(end, silentMs)
    }
    try {
      await this.#listen(line.signal, heard)
      return { reason: 'the server ended the stream', code: null }
    } catch (error) {
      const reason = error instanceof Error ? error.message : `${error}`
      return { reason, code: error instanceof Refused ? error.code : null }
    } finally {
      clearTimeout(silence)
      this.#closing.signal.removeEventListener('abort', end)
      line.abort()
    }
  }

  async #listen(signal: AbortSignal, heard: () => void): Promise<void> {
    this.#retryAfterMs = 0
    const headers = { accept: 'text/event-stream', ...this.#options.headers }
    const answer = await this.#fetch(addressOf(this.#options, this.#position), { signal, headers })
    if (!answer.ok) {
      const problem = await problemIn(answer)
      if (answer.status < 500) throw new Refused(problem)
      this.#retryAfterMs = 1000 * Number(answer.headers.get('retry-after') ?? 0)
      throw new Error(problem.detail)
    }
    const reader = answer.body?.getReader()
    if (!reader) throw new Error('the answer has no body')
    const decoder = new TextDecoder()
    for (let begun = ''; ; ) {
      const { done, value } = await reader.read()
      if (done) return
      heard()
      const blocks = (begun + decoder.decode(value, { stream: true })).split('\n\n')
      begun = blocks.pop() ?? ''
      for (const block of blocks) this.#take(blockFrom(block))
    }
  }

  #take({ event, data, id }: Block): void {
    const isNew = this.#isNew(id)
    if (id !== null && isNew) this.#position = id
    const { onEvent, onModel, onConnected } = this.#options
    switch (event) {
      case 'event':
        if (isNew) tell(() => onEvent?.(JSON.parse(data)))
        break
      case 'model':
        tell(() => onModel?.(JSON.parse(data)))
        break
      case 'hello':
        this.#connected = true
        this.#failed = 0
        tell(() => onConnected?.(JSON.parse(data)))
        break
      case 'slow-consumer':
        throw new Error(`SLOW_CONSUMER: ${JSON.parse(data).detail}`)
    }
  }

  #isNew(id: string | null): boolean {
    return id === null || this.#position === null || isAfter(id, this.#position)
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#closing
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', resolve, { once: true })
    await promise
    clearTimeout(timer)
    signal.removeEventListener('abort', resolve)
  }
}

/** Begins to listen. Nothing is thrown later on: what goes wrong is told to `onDisconnected`. */
export const connectLive = (options: LiveClientOptions): LiveClient => {
  const client = new Client(options)
  void client.run()
  return client
}
