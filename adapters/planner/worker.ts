import { parentPort } from 'node:worker_threads'
import { type Made, makeInserted, makePlan } from '#domain/planning/desk/make-plan.ts'
import type { Answered, Question } from './messages.ts'

/** The newest plan. */
let held: Made | null = null

const answer = (question: Question): Made | null => {
  if (question.kind === 'plan') return makePlan(question.input)
  if (held?.planned.inputsHash !== question.baseHash) return null
  return makeInserted(held, question.alerts, question.at)
}

parentPort?.on('message', (question: Question) => {
  const tell = (answered: Answered) => parentPort?.postMessage(answered)
  try {
    const made = answer(question)
    held = made ?? held
    tell({ id: question.id, planned: made?.planned ?? null })
  } catch (error) {
    tell({ id: question.id, error: error instanceof Error ? error.message : `${error}` })
  }
})
