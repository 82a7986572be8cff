import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Planned } from '#domain/planning/desk/planned.ts'
import type { Answered, Question } from './messages.ts'

/** What the planner could not plan, in its own words; or that its thread ended. */
export class PlannerFailed extends Error {
  constructor(why: string) {
    super(`no plan: ${why}`)
    this.name = 'PlannerFailed'
  }
}

type Unnumbered = Question extends infer Q ? (Q extends Question ? Omit<Q, 'id'> : never) : never
type Waiting = { resolve: (planned: Planned | null) => void; reject: (error: Error) => void }

/** A thread that computes plans and holds the newest of its own. One that dies is replaced at the next question. */
export class PlannerThread {
  #worker: Worker | null = null
  #asked = 0
  #holds: string | null = null
  readonly #waiting = new Map<number, Waiting>()

  /** The hash of the plan that alerts can be put into. */
  get holds(): string | null {
    return this.#holds
  }

  ask(question: Unnumbered): Promise<Planned | null> {
    return new Promise((resolve, reject) => {
      const id = this.#asked++
      this.#waiting.set(id, { resolve, reject })
      this.#running().postMessage({ ...question, id })
    })
  }

  async close(): Promise<void> {
    const ending = this.#worker
    if (!ending) return
    const ended = once(ending, 'exit')
    await ending.terminate()
    await ended.catch(() => {})
  }

  #running(): Worker {
    if (this.#worker) return this.#worker
    const started = new Worker(new URL('./worker.ts', import.meta.url))
    started.on('message', (answered: Answered) => this.#settle(answered))
    started.on('error', (error) => this.#lose(error instanceof Error ? error.message : `${error}`))
    started.on('exit', () => {
      if (this.#worker === started) this.#lose('its thread ended')
    })
    this.#worker = started
    return started
  }

  #settle(answered: Answered): void {
    const one = this.#waiting.get(answered.id)
    this.#waiting.delete(answered.id)
    if ('error' in answered) {
      one?.reject(new PlannerFailed(answered.error))
      return
    }
    this.#holds = answered.planned?.inputsHash ?? this.#holds
    one?.resolve(answered.planned)
  }

  #lose(why: string): void {
    this.#worker = null
    this.#holds = null
    for (const { reject } of this.#waiting.values()) reject(new PlannerFailed(why))
    this.#waiting.clear()
  }
}
