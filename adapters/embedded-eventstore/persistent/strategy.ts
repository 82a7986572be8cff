import { hashText } from '../index/hash.ts'
import type { Consumer } from './consumer.ts'
import type { GroupSettings } from './settings.ts'

/** Who gets the next event: a consumer, nobody for now, or nobody for this event only. */
export type Choice = Consumer | 'wait' | 'skip'

/** Chooses among the consumers, which stand in the order in which they came; may rearrange them. */
export type Strategy = (consumers: Consumer[], sourceStream: () => string) => Choice

const rotate = (consumers: Consumer[]): void => {
  const [first] = consumers.splice(0, 1)
  if (first) consumers.push(first)
}

const roundRobin: Strategy = (consumers) => {
  for (let tried = 0; tried < consumers.length; tried++) {
    const [candidate] = consumers
    rotate(consumers)
    if (candidate?.isFree) return candidate
  }
  return 'wait'
}

const dispatchToSingle: Strategy = (consumers) => {
  for (let tried = 0; tried < consumers.length; tried++) {
    const [candidate] = consumers
    if (candidate?.isFree) return candidate
    rotate(consumers)
  }
  return 'wait'
}

const buckets = 1024

/** Every stream belongs to one consumer; when consumers come and go, few streams move. */
const pinned: Strategy = (consumers, sourceStream) => {
  if (!consumers.some(({ isFree }) => isFree)) return 'wait'
  const bucket = hashText(sourceStream()) % buckets
  let best: Consumer | undefined
  let bestScore = -1
  for (const consumer of consumers) {
    const score = hashText(consumer.id, bucket)
    if (score > bestScore) {
      best = consumer
      bestScore = score
    }
  }
  return best?.isFree ? best : 'skip'
}

export const strategies: Readonly<Record<GroupSettings['strategy'], Strategy>> = {
  RoundRobin: roundRobin,
  DispatchToSingle: dispatchToSingle,
  Pinned: pinned,
}
