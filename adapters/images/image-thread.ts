import { WorkerLine } from '#adapters/worker-line.ts'
import type { ImageWorks } from '#commands/images/image-works.ts'
import type { Answered, Question } from './messages.ts'

/** What the machine could not do for an image, in its own words; or that the thread ended. */
export class ImageWorkFailed extends Error {
  constructor(why: string) {
    super(`no work on images: ${why}`)
    this.name = 'ImageWorkFailed'
  }
}

const failed = (answered: Answered): ImageWorkFailed =>
  new ImageWorkFailed(answered.kind === 'failed' ? answered.error : 'it answered something else')

/** Works on images in a thread of its own, so that nobody here waits; one that dies is replaced at the next job. */
export const startImageThread = (dataDir: string): ImageWorks & { close(): Promise<void> } => {
  const line = new WorkerLine<Question, Answered>(new URL('./worker.ts', import.meta.url), {
    workerData: { dataDir },
    lost: (why) => new ImageWorkFailed(why),
  })
  return {
    master: async (job) => {
      const answered = await line.ask({ kind: 'master', job })
      if (answered.kind !== 'master') throw failed(answered)
      return answered.made
    },
    image: async (job) => {
      const answered = await line.ask({ kind: 'image', job })
      if (answered.kind !== 'image') throw failed(answered)
      return answered.made
    },
    close: () => line.close(),
  }
}
