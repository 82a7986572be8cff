import { setTimeout as sleep } from 'node:timers/promises'
import { recordBatch } from './record-batch.ts'
import type { KafkaState } from './state.ts'
import { type KafkaReader, KafkaWriter } from './wire.ts'

type Wanted = { readonly topic: string; readonly offset: bigint }

const wantedBy = (reader: KafkaReader): { maxWaitMs: number; wanted: Wanted[] } => {
  reader.int32()
  const maxWaitMs = reader.int32()
  reader.int32()
  reader.int32()
  reader.int8()
  reader.int32()
  reader.int32()
  const topics = reader.array(() => {
    const topic = reader.string()
    const partitions = reader.array(() => {
      reader.int32()
      reader.int32()
      const offset = reader.int64()
      reader.int64()
      reader.int32()
      return { topic, offset }
    })
    return partitions
  })
  return { maxWaitMs, wanted: topics.flat() }
}

const partitionOf = (writer: KafkaWriter, { topic, offset }: Wanted, state: KafkaState): void => {
  const records = state.topics.get(topic) ?? []
  const end = BigInt(records.length)
  const code = state.failing.get(topic) ?? 0
  const batches = records
    .slice(Number(offset))
    .map((value, n) => recordBatch(value, offset + BigInt(n), 1_795_000_000_000))
  writer.int32(0).int16(code).int64(end).int64(end).int64(0n).int32(0).int32(-1)
  writer.bytes(code === 0 ? Buffer.concat(batches) : Buffer.alloc(0))
}

/** Answers once there is something to read, and at the latest when the client's patience ends. */
export const answerFetch = async (reader: KafkaReader, state: KafkaState): Promise<KafkaWriter> => {
  const { maxWaitMs, wanted } = wantedBy(reader)
  const isThere = ({ topic, offset }: Wanted) =>
    state.failing.has(topic) || BigInt(state.topics.get(topic)?.length ?? 0) > offset
  const over = new AbortController()
  const patience = sleep(maxWaitMs, false, { signal: over.signal }).catch(() => false)
  while (!wanted.some(isThere)) {
    if (!(await Promise.race([patience, state.change.then(() => true)]))) break
  }
  over.abort()
  const writer = new KafkaWriter().int32(0).int16(0).int32(0)
  return writer.array(wanted, (one) => {
    writer.string(one.topic).array([0], () => partitionOf(writer, one, state))
  })
}
