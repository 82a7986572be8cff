import { type AfterFailure, failureWindow } from '#commands/agents/failure-window.ts'
import type { PartOrder } from '#domain/operation/events.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Part, PartStatus } from './part.ts'

/** A server of ours in a process of its own. */
export type RunningServer = {
  readonly pid: number
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  stop(): Promise<void>
}

/** How a server failed, and what is done about it. */
export type Ended = { readonly why: string; readonly next: AfterFailure }

type Options = {
  readonly clock: Clock
  readonly log: (line: string) => void
  readonly mayEnd?: boolean
  readonly onUp?: () => void
  readonly onFailure?: (ended: Ended) => void
}

export type Supervised<Server> = Part & {
  /** The first server that came up; rejects with its own error if the first start fails. */
  readonly first: Promise<Server>
  /** The process that runs now; null while there is none. */
  pid(): number | null
  /** Stops it, starts it or starts it anew, as a person wants it: no failure. Resolves when it has ended, where it must. */
  order(order: PartOrder): Promise<void>
}

/**
 * Keeps a server running: starts it again when it ends by itself, and gives up aloud after five failures in a minute
 * (W5). `start` must come up on the same address each time. With `mayEnd`, exit code 0 is its end and no failure.
 */
export const supervise = <Server extends RunningServer>(
  name: string,
  start: () => Promise<Server>,
  { clock, log, mayEnd = false, onUp = () => {}, onFailure = () => {} }: Options,
): Supervised<Server> => {
  const stopping = new AbortController()
  const first = Promise.withResolvers<Server>()
  const after = failureWindow()
  let status: PartStatus = { name, state: 'starting', detail: 'starting' }
  let current: Server | null = null
  /** Until a person lets it start again; null while it may run. */
  let halted: PromiseWithResolvers<void> | null = null
  let endAsked = false

  /** Starts the server and waits for its end; says how it failed, or null if it was its time. */
  const once = async (): Promise<string | null> => {
    try {
      current = await start()
    } catch (error) {
      first.reject(error)
      return `does not start: ${error instanceof Error ? error.message : error}`
    }
    first.resolve(current)
    status = { name, state: 'up', detail: `pid ${current.pid}` }
    onUp()
    const { code, signal } = await current.exited
    current = null
    if (mayEnd && code === 0) return null
    if (signal === null && code === null) return 'is gone'
    return `ended by ${signal ?? `exit code ${code}`}`
  }

  /** Notes a failure; false when it was one too many. */
  const mayTryAgain = async (why: string): Promise<boolean> => {
    const now = clock.now()
    const next = after(now)
    const what = next.givenUp ? `given up after ${next.failures} failures in a minute` : 'starting it again'
    status = { name, state: next.givenUp ? 'given-up' : 'down', detail: `${why}; ${what}` }
    log(`${name} ${status.detail}`)
    onFailure({ why, next })
    if (next.givenUp) return false
    await clock.sleepUntil(now + next.pauseMs, stopping.signal).catch(() => {})
    return true
  }

  /** Waits while it is stopped by hand. */
  const resting = async (): Promise<void> => {
    if (!halted) return
    status = { name, state: 'stopped', detail: 'stopped by hand' }
    const over = new Promise<void>((resolve) => {
      stopping.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await Promise.race([halted.promise, over])
  }

  const run = async () => {
    while (!stopping.signal.aborted) {
      await resting()
      if (stopping.signal.aborted) return
      const why = await once()
      if (stopping.signal.aborted) return
      if (endAsked) {
        endAsked = false
        continue
      }
      if (why === null) {
        status = { name, state: 'ended', detail: 'its time was over' }
        return log(`${name} has ended`)
      }
      if (!(await mayTryAgain(why))) return
    }
  }
  let running = run()

  const end = async (): Promise<void> => {
    endAsked = current !== null
    await current?.stop()
  }
  const order = async (wanted: PartOrder): Promise<void> => {
    if (wanted === 'stop') halted ??= Promise.withResolvers()
    else {
      halted?.resolve()
      halted = null
    }
    if (wanted !== 'start') await end()
    const isOver = status.state === 'given-up' || status.state === 'ended'
    if (wanted !== 'stop' && isOver && !stopping.signal.aborted) running = run()
  }
  first.promise.catch(() => stopping.abort())

  return {
    first: first.promise,
    status: () => status,
    pid: () => current?.pid ?? null,
    order,
    stop: async () => {
      stopping.abort()
      await first.promise.catch(() => {})
      await current?.stop()
      await running
    },
  }
}
