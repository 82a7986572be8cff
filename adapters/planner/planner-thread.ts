import { WorkerLine } from '#adapters/worker-line.ts'
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

/** A thread that computes plans and holds the newest of its own. One that dies is replaced at the next question. */
export class PlannerThread {
  #holds: string | null = null
  readonly #line = new WorkerLine<Question, Answered>(new URL('./worker.ts', import.meta.url), {
    lost: (why) => {
      this.#holds = null
      return new PlannerFailed(why)
    },
  })

  /** The hash of the plan that alerts can be put into. */
  get holds(): string | null {
    return this.#holds
  }

  async ask(question: Unnumbered): Promise<Planned | null> {
    const answered = await this.#line.ask(question)
    if ('error' in answered) throw new PlannerFailed(answered.error)
    this.#holds = answered.planned?.inputsHash ?? this.#holds
    return answered.planned
  }

  close(): Promise<void> {
    return this.#line.close()
  }
}
