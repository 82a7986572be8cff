import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { ImageWorks } from '#commands/images/image-works.ts'
import type { Answered, Question } from './messages.ts'

/** What the machine could not do for an image, in its own words; or that the thread ended. */
export class ImageWorkFailed extends Error {
  constructor(why: string) {
    super(`no work on images: ${why}`)
    this.name = 'ImageWorkFailed'
  }
}

type Unnumbered = Question extends infer Q ? (Q extends Question ? Omit<Q, 'id'> : never) : never
type Waiting = { resolve: (answered: Answered) => void; reject: (error: Error) => void }

class ImageThread {
  readonly #dataDir: string
  #worker: Worker | null = null
  #asked = 0
  readonly #waiting = new Map<number, Waiting>()

  constructor(dataDir: string) {
    this.#dataDir = dataDir
  }

  ask(question: Unnumbered): Promise<Answered> {
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
    const started = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { dataDir: this.#dataDir },
    })
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
    if (answered.kind === 'failed') one?.reject(new ImageWorkFailed(answered.error))
    else one?.resolve(answered)
  }

  #lose(why: string): void {
    this.#worker = null
    for (const { reject } of this.#waiting.values()) reject(new ImageWorkFailed(why))
    this.#waiting.clear()
  }
}

/** Works on images in a thread of its own, so that nobody here waits; one that dies is replaced at the next job. */
export const startImageThread = (dataDir: string): ImageWorks & { close(): Promise<void> } => {
  const thread = new ImageThread(dataDir)
  return {
    master: async (job) => {
      const answered = await thread.ask({ kind: 'master', job })
      if (answered.kind !== 'master') throw new ImageWorkFailed('it answered something else')
      return answered.made
    },
    image: async (job) => {
      const answered = await thread.ask({ kind: 'image', job })
      if (answered.kind !== 'image') throw new ImageWorkFailed('it answered something else')
      return answered.made
    },
    close: () => thread.close(),
  }
}
