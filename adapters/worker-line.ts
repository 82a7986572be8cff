import { once } from 'node:events'
import { Worker, type WorkerOptions } from 'node:worker_threads'

type Numbered = { readonly id: number }
type Unnumbered<Q> = Q extends Numbered ? Omit<Q, 'id'> : never
type Waiting<A> = { resolve: (answered: A) => void; reject: (error: Error) => void }

/** Questions to a worker thread and their answers, told apart by number. A thread that dies is replaced at the next question. */
export class WorkerLine<Question extends Numbered, Answered extends Numbered> {
  readonly #program: URL
  readonly #options: WorkerOptions & { readonly lost: (why: string) => Error }
  #worker: Worker | null = null
  #asked = 0
  readonly #waiting = new Map<number, Waiting<Answered>>()

  /** `lost` is called once for each thread that ends, and makes what those who wait are told. */
  constructor(program: URL, options: WorkerOptions & { readonly lost: (why: string) => Error }) {
    this.#program = program
    this.#options = options
  }

  ask(question: Unnumbered<Question>): Promise<Answered> {
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
    const { lost: _, ...options } = this.#options
    const started = new Worker(this.#program, options)
    started.on('message', (answered: Answered) => {
      this.#waiting.get(answered.id)?.resolve(answered)
      this.#waiting.delete(answered.id)
    })
    started.on('error', (error) => this.#lose(error instanceof Error ? error.message : `${error}`))
    started.on('exit', () => {
      if (this.#worker === started) this.#lose('its thread ended')
    })
    this.#worker = started
    return started
  }

  #lose(why: string): void {
    this.#worker = null
    const failure = this.#options.lost(why)
    for (const { reject } of this.#waiting.values()) reject(failure)
    this.#waiting.clear()
  }
}
