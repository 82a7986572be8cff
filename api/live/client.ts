/**
 * A live client for browsers and Node, without dependencies: it listens, mends its line, and goes on after the last
 * event it had, so that none is missed and none comes twice.
 */

/** CloudEvents 1.0; `position` is there for what stands in the log. */
export type LiveEvent = {
  readonly id: string
  readonly type: string
  readonly source: string
  readonly sender: string
  readonly time: string
  readonly subject: string
  readonly data: unknown
  readonly channels?: string
  readonly position?: string
  readonly sentence?: string
  readonly news?: boolean
  readonly night?: string
  readonly actor?: string
}

/** A read model's rows changed; whoever reads it now sees the change. No tables: nobody knows which. */
export type LiveModel = {
  readonly model: string
  readonly position: string
  readonly tables: readonly string[]
  readonly keys: readonly { readonly table: string; readonly key: Readonly<Record<string, unknown>> }[]
  readonly complete: boolean
}

export type LiveSubscription = { readonly sender?: string | null; readonly event?: string | null }

export type LiveClientOptions = {
  /** Of the API, without a path; empty in a page that comes from it. */
  readonly url: string
  /** What to hear; with neither these nor models, everything. */
  readonly subscriptions?: readonly LiveSubscription[]
  readonly models?: readonly string[]
  readonly pattern?: string
  /** From where to begin; from now without it. */
  readonly since?: string
  readonly onEvent?: (event: LiveEvent) => void
  readonly onModel?: (change: LiveModel) => void
  /** Each time a line is there. What was read before it may be old: read models are to be read again. */
  readonly onConnected?: (hello: { readonly position: string | null; readonly clientId: string }) => void
  /** Each time there is none any more; `final` when it will not be tried again. */
  readonly onDisconnected?: (why: {
    readonly reason: string
    /** The server's, where it refused. */
    readonly code: string | null
    readonly final: boolean
  }) => void
  /** False: one attempt, and no other after a loss. */
  readonly autoReconnect?: boolean
  /** How long to wait before an attempt, in milliseconds, by how many have failed. */
  readonly pauseMs?: (failed: number) => number
  readonly headers?: Readonly<Record<string, string>>
  readonly fetch?: typeof globalThis.fetch
}

export type LiveClient = {
  isConnected(): boolean
  /** Asks a sender; rejects with a {@link LiveRequestFailed} when there is no answer, also while not connected. */
  request(sender: string, request: string, params?: unknown, timeoutS?: number): Promise<unknown>
  close(): void
}

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

const addressOf = (options: LiveClientOptions, since: string | null): string => {
  const query = new URLSearchParams()
  for (const { sender, event } of options.subscriptions ?? [])
    query.append('subscribe', `${sender ?? ''}:${event ?? ''}`)
  for (const model of options.models ?? []) query.append('model', model)
  if (options.pattern !== undefined) query.set('pattern', options.pattern)
  if (since !== null) query.set('since', since)
  const text = query.toString()
  return `${options.url}/api/live${text === '' ? '' : `?${text}`}`
}

const isAfter = (position: string, other: string): boolean => {
  const [commit = 0n, prepare = 0n] = position.split('/').map(BigInt)
  const [otherCommit = 0n, otherPrepare = 0n] = other.split('/').map(BigInt)
  return commit === otherCommit ? prepare > otherPrepare : commit > otherCommit
}

type Block = { readonly event: string; readonly data: string; readonly id: string | null }

const blockFrom = (text: string): Block => {
  const fields: Record<string, string> = {}
  for (const line of text.split('\n')) {
    const colon = line.indexOf(': ')
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 2)
  }
  return { event: fields['event'] ?? '', data: fields['data'] ?? '', id: fields['id'] ?? null }
}

const problemIn = async (answer: Response): Promise<{ code: string; detail: string }> => {
  const text = await answer.text()
  try {
    const { code, detail } = JSON.parse(text)
    return { code: `${code}`, detail: `${detail}` }
  } catch {
    return { code: `${answer.status}`, detail: text }
  }
}

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

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#closing.signal.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}

/** Begins to listen. Nothing is thrown later on: what goes wrong is told to `onDisconnected`. */
export const connectLive = (options: LiveClientOptions): LiveClient => {
  const client = new Client(options)
  void client.run()
  return client
}
