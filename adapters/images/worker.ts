import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { buildMaster } from './build-master.ts'
import { calibrateImage } from './calibrate-image.ts'
import type { Answered, Question } from './messages.ts'

const { dataDir } = z.object({ dataDir: z.string() }).parse(workerData)

const answer = (question: Question): Answered => {
  const { id } = question
  try {
    return question.kind === 'master'
      ? { kind: 'master', id, made: buildMaster(dataDir, question.job) }
      : { kind: 'image', id, made: calibrateImage(dataDir, question.job) }
  } catch (error) {
    return { kind: 'failed', id, error: error instanceof Error ? error.message : `${error}` }
  }
}

parentPort?.on('message', (question: Question) => parentPort?.postMessage(answer(question)))
