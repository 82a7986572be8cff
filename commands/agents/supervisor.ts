import type { EventFeed } from '#commands/event-feed.ts'
import { StoreUnavailable } from '#commands/event-store.ts'
import { retryMs } from '#commands/process/steady-feed.ts'
import type { LifeState } from '#domain/agents/life-cycle.ts'
import type { Agent } from './agent.ts'
import { AgentAlreadyRunning, claimAgent, type IsGone } from './claim.ts'
import { failureWindow } from './failure-window.ts'
import { capacity, runInbox } from './inbox.ts'
import { AgentLife } from './life.ts'
import { AgentRecorder, type AgentSurroundings } from './record.ts'

export type SupervisedState = LifeState | 'STANDBY' | 'GIVEN_UP'

export type SupervisedStatus = {
  readonly agent: string
  readonly state: SupervisedState
  readonly detail: string
  readonly restarts: number
  readonly inbox: { readonly waiting: number; readonly capacity: number; readonly handled: number }
}

export type SupervisorParts = AgentSurroundings & {
  readonly feed: EventFeed
  readonly isGone: IsGone
  readonly hookTimeoutMs: number
  readonly onStatus: (status: SupervisedStatus) => void
}

/** So often a standby looks whether the one that runs is still alive. */
const standbyMs = 5_000

const whyOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Not this host's to run any more, until it has claimed it again. */
class Lost extends Error {}

export type SupervisedAgent = {
  /** This host may have lost its agents: to be called when it could not say in time that it was alive. */
  giveWay(): void
  /** Ends the agent's life and begins another, as a person wants it: no failure. */
  startAnew(): void
  readonly running: Promise<void>
}

/**
 * Keeps one agent running until `signal` ends: waits while another host runs it, starts it anew when it fails, and gives
 * it up aloud after five failures in a minute (W5).
 */
export const superviseAgent = (
  name: string,
  make: () => Agent,
  parts: SupervisorParts,
  signal: AbortSignal,
): SupervisedAgent => {
  const supervisor = new Supervisor(name, make, parts, signal)
  return {
    giveWay: () => supervisor.giveWay(),
    startAnew: () => supervisor.giveWay(),
    running: supervisor.run(),
  }
}

class Supervisor {
  readonly #name: string
  readonly #make: () => Agent
  readonly #parts: SupervisorParts
  readonly #signal: AbortSignal
  readonly #after = failureWindow()
  #status: SupervisedStatus
  #lose: (error: Lost) => void = () => {}

  constructor(name: string, make: () => Agent, parts: SupervisorParts, signal: AbortSignal) {
    this.#name = name
    this.#make = make
    this.#parts = parts
    this.#signal = signal
    const inbox = { waiting: 0, capacity, handled: 0 }
    this.#status = { agent: name, state: 'INIT', detail: '', restarts: 0, inbox }
  }

  giveWay(): void {
    this.#lose(new Lost())
  }

  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      if (!(await this.#claimed())) continue
      const failure = await this.#live()
      if (this.#signal.aborted) return
      if (failure instanceof Lost) continue
      if (!(await this.#mayTryAgain(failure))) return
    }
  }

  async #claimed(): Promise<boolean> {
    try {
      await claimAgent(this.#name, this.#parts, this.#parts.isGone)
      return true
    } catch (error) {
      const standsBy = error instanceof AgentAlreadyRunning
      if (!standsBy && !(error instanceof StoreUnavailable)) throw error
      this.#tell({ state: 'STANDBY', detail: standsBy ? `${error.code}: ${error.message}` : whyOf(error) })
      await this.#pause(standsBy ? standbyMs : retryMs)
      return false
    }
  }

  /** One life; resolves with the error that ended it, or null when it was asked to end. */
  async #live(): Promise<unknown> {
    const life = new AgentLife(this.#make(), {
      ...this.#parts,
      onState: (state) => this.#tell({ state, detail: '' }),
    })
    const draining = new AbortController()
    let messages: Promise<void> = Promise.resolve()
    try {
      await life.spawn()
      messages = this.#messages(life, draining.signal)
      return await this.#end(life, messages)
    } catch (error) {
      return error
    } finally {
      draining.abort()
      await messages.catch(() => {})
      await life.end()
    }
  }

  #messages({ agent }: AgentLife, draining: AbortSignal): Promise<void> {
    const onFill = (waiting: number, capacity: number, handled: number) =>
      this.#tell({ inbox: { waiting, capacity, handled } })
    return runInbox(agent, { ...this.#parts, onFill }, draining)
  }

  async #end(life: AgentLife, messages: Promise<void>): Promise<unknown> {
    const lost = new Promise<Lost>((resolve) => {
      this.#lose = resolve
    })
    const asked = new Promise<null>((resolve) => {
      if (this.#signal.aborted) resolve(null)
      this.#signal.addEventListener('abort', () => resolve(null), { once: true })
    })
    const inboxFailed = messages.then((): Promise<never> => new Promise(() => {}))
    return Promise.race([life.failed, lost, asked, inboxFailed])
  }

  async #mayTryAgain(failure: unknown): Promise<boolean> {
    const { clock } = this.#parts
    const after = this.#after(clock.now())
    const why = whyOf(failure)
    const closing = new AbortController()
    const recorder = new AgentRecorder(this.#name, this.#parts, closing.signal)
    if (after.givenUp) {
      const { failures, windowS } = after
      const { host } = this.#parts
      recorder.record({ type: 'AgentGivenUp', data: { agent: this.#name, host, failures, windowS, why } })
      this.#tell({ state: 'GIVEN_UP', detail: `given up after ${failures} failures in ${windowS} s: ${why}` })
    } else {
      const { attempt } = after
      recorder.record({ type: 'AgentRestarted', data: { agent: this.#name, attempt } })
      this.#tell({ state: 'ERROR', detail: why, restarts: attempt })
      await this.#pause(after.pauseMs)
      // An outage of the store does not hold up the start.
      closing.abort()
    }
    if (after.givenUp) await Promise.race([recorder.settled(), this.#aborted()])
    closing.abort()
    return !after.givenUp
  }

  #aborted(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#signal.aborted) resolve()
      this.#signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  async #pause(ms: number): Promise<void> {
    const { clock } = this.#parts
    await clock.sleepUntil(clock.now() + ms, this.#signal).catch(() => {})
  }

  #tell(news: Partial<SupervisedStatus>): void {
    this.#status = { ...this.#status, ...news }
    this.#parts.onStatus(this.#status)
  }
}
