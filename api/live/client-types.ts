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
  /** Asks a sender; rejects with a `LiveRequestFailed` when there is no answer, also while not connected. */
  request(sender: string, request: string, params?: unknown, timeoutS?: number): Promise<unknown>
  close(): void
}
