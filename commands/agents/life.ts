import type { AgentFailed } from '#domain/agents/events.ts'
import type { LifeInput, LifeState } from '#domain/agents/life-cycle.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Agent } from './agent.ts'
import { LifeCycle } from './life-cycle.ts'
import { AgentRecorder, type AgentSurroundings } from './record.ts'

/** A hook went on for too long (A3). */
export class HookTimedOut extends Error {
  readonly code: string
  constructor(agent: string, input: string, timeoutMs: number) {
    super(`${input} of ${agent} took longer than ${timeoutMs / 1000} s`)
    this.name = 'HookTimedOut'
    this.code = input === 'terminate' ? 'AgentStopFailed' : 'AgentStartFailed'
  }
}

/** It was started before; each start needs a life of its own (I2). */
export class AlreadySpawned extends Error {
  constructor(agent: string) {
    super(`${agent} was started before`)
    this.name = 'AlreadySpawned'
  }
}

export type LifeOptions = AgentSurroundings & {
  readonly hookTimeoutMs: number
  readonly onState: (state: LifeState) => void
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'uncaught'

const whyOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const withTimeout = async <T>(
  work: Promise<T>,
  { clock, ms, error }: { clock: Clock; ms: number; error: () => Error },
): Promise<T> => {
  const over = new AbortController()
  const timeUp = clock.sleepUntil(clock.now() + ms, over.signal).then((): never => {
    throw error()
  })
  timeUp.catch(() => {})
  try {
    return await Promise.race([work, timeUp])
  } finally {
    over.abort()
  }
}

/** One life of an agent, from INIT to TERMINATED or ERROR, on record. */
export class AgentLife {
  readonly agent: Agent
  readonly #options: LifeOptions
  readonly #cycle: LifeCycle
  readonly #recorder: AgentRecorder
  readonly #ending = new AbortController()
  /** From here on an outage of the store is not waited out. */
  readonly #closing = new AbortController()
  readonly #failure = Promise.withResolvers<unknown>()
  #spawned = false

  constructor(agent: Agent, options: LifeOptions) {
    this.agent = agent
    this.#options = options
    this.#recorder = new AgentRecorder(agent.name, options, this.#closing.signal)
    const { name } = agent
    this.#cycle = new LifeCycle(
      {
        name,
        initialize: () => this.#start('initialize'),
        activate: () => this.#start('activate'),
        deactivate: () => agent.deactivate(),
        terminate: () => this.#timed('terminate', agent.terminate()),
      },
      { onState: this.#onState, onResourceFailed: (_, error) => this.#recordFailure('work', error) },
    )
    for (const resource of agent.resources ?? []) this.#cycle.add(resource)
  }

  get state(): LifeState {
    return this.#cycle.state
  }

  /** Resolves with the error when the agent fails, at its start or later. */
  get failed(): Promise<unknown> {
    return this.#failure.promise
  }

  /** Initializes and activates it; rejects with what its hook throws. */
  async spawn(): Promise<void> {
    if (this.#spawned) throw new AlreadySpawned(this.agent.name)
    this.#spawned = true
    await this.advance('initialize')
    await this.advance('activate')
  }

  async advance(input: LifeInput): Promise<void> {
    try {
      await this.#cycle.advance(input)
    } catch (error) {
      this.#recordFailure(input, error)
      this.#failure.resolve(error)
      throw error
    }
  }

  /** Ends it from whatever state it is in; a hook that fails does not keep it alive. Resolves when that is on record. */
  async end(): Promise<void> {
    const { state } = this.#cycle
    this.#ending.abort()
    if (state === 'READY' || state === 'ACTIVE') await this.advance('terminate').catch(() => {})
    // It failed: the hook still closes what it had opened.
    else if (state === 'ERROR') await this.#timed('terminate', this.agent.terminate()).catch(() => {})
    this.#closing.abort()
    await this.#recorder.settled()
  }

  #start(input: 'initialize' | 'activate'): Promise<void> {
    const { agent } = this
    const context = {
      signal: this.#ending.signal,
      fail: this.#fail,
      register: (resource: Parameters<LifeCycle['register']>[0]) => this.#cycle.register(resource),
    }
    return this.#timed(input, input === 'initialize' ? agent.initialize(context) : agent.activate())
  }

  #timed(input: LifeInput, work: Promise<void>): Promise<void> {
    const { clock, hookTimeoutMs: ms } = this.#options
    return withTimeout(work, { clock, ms, error: () => new HookTimedOut(this.agent.name, input, ms) })
  }

  /** Something in the background has failed. */
  readonly #fail = (error: unknown): void => {
    if (this.#cycle.state === 'ERROR' || this.#ending.signal.aborted) return
    this.#recordFailure('work', error)
    void this.#cycle.fail().then(() => this.#failure.resolve(error))
  }

  readonly #onState = (state: LifeState): void => {
    const { name: agent } = this.agent
    if (state === 'READY') this.#recorder.record({ type: 'AgentReady', data: { agent } })
    if (state === 'ACTIVE') this.#recorder.record({ type: 'AgentActivated', data: { agent } })
    if (state === 'TERMINATED')
      this.#recorder.record({ type: 'AgentTerminated', data: { agent, host: this.#options.host } })
    this.#options.onState(state)
  }

  #recordFailure(during: AgentFailed['data']['during'], error: unknown): void {
    const data = { agent: this.agent.name, during, code: codeOf(error), why: whyOf(error) }
    this.#recorder.record({ type: 'AgentFailed', data })
  }
}
