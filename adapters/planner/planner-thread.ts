import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Planner } from '#commands/planning/planner.ts'
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

/** The planner in a thread of its own, so that computing a plan keeps nobody here waiting. A thread that dies is replaced. */
export const startPlannerThread = (): Planner & { close(): Promise<void> } => {
  let worker: Worker | null = null
  let asked = 0
  const waiting = new Map<number, Waiting>()

  const settle = (answered: Answered) => {
    const one = waiting.get(answered.id)
    waiting.delete(answered.id)
    if ('error' in answered) one?.reject(new PlannerFailed(answered.error))
    else one?.resolve(answered.planned)
  }

  const lose = (why: string) => {
    worker = null
    for (const { reject } of waiting.values()) reject(new PlannerFailed(why))
    waiting.clear()
  }

  const running = (): Worker => {
    if (worker) return worker
    const started = new Worker(new URL('./worker.ts', import.meta.url))
    started.on('message', settle)
    started.on('error', (error) => lose(error instanceof Error ? error.message : `${error}`))
    started.on('exit', () => worker === started && lose('its thread ended'))
    worker = started
    return started
  }

  const ask = (question: Unnumbered): Promise<Planned | null> =>
    new Promise((resolve, reject) => {
      const id = asked++
      waiting.set(id, { resolve, reject })
      running().postMessage({ ...question, id })
    })

  return {
    plan: async (input) => {
      const planned = await ask({ kind: 'plan', input })
      if (!planned) throw new PlannerFailed('it answered nothing')
      return planned
    },
    insertAlerts: (baseHash, alerts, at) => ask({ kind: 'insert', baseHash, alerts, at }),
    close: async () => {
      const ending = worker
      if (!ending) return
      const ended = once(ending, 'exit')
      await ending.terminate()
      await ended.catch(() => {})
    },
  }
}
