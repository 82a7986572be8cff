import type { KafkaState } from './state.ts'
import { type KafkaReader, KafkaWriter } from './wire.ts'

export type Asked = { readonly version: number; readonly reader: KafkaReader; readonly state: KafkaState }
type Answer = (asked: Asked) => KafkaWriter

export const unknownTopic = 3
const nodeId = 1

/** The only versions spoken: all before Kafka's compact encoding, so that a client has to agree on them. */
const versions: Readonly<Record<number, readonly [number, number]>> = {
  1: [11, 11],
  2: [2, 2],
  3: [1, 1],
  8: [7, 7],
  9: [5, 5],
  10: [0, 0],
  11: [5, 5],
  12: [3, 3],
  13: [3, 3],
  14: [3, 3],
  17: [1, 1],
  18: [0, 1],
  36: [1, 1],
}

const apiVersions: Answer = ({ version }) => {
  const supported = version <= 1
  const writer = new KafkaWriter().int16(supported ? 0 : 35)
  writer.array(Object.entries(versions), ([key, [min, max]]) =>
    writer.int16(Number(key)).int16(min).int16(max),
  )
  return version === 1 ? writer.int32(0) : writer
}

const metadata: Answer = ({ reader, state }) => {
  const topics = reader.array(() => reader.string())
  const { host, port } = state.address
  const writer = new KafkaWriter()
  writer.array([0], () => writer.int32(nodeId).string(host).int32(port).string(null)).int32(nodeId)
  return writer.array(topics, (topic) => {
    const known = state.topics.has(topic)
    writer
      .int16(known ? 0 : unknownTopic)
      .string(topic)
      .int8(0)
    writer.array(known ? [0] : [], (partition) =>
      writer
        .int16(0)
        .int32(partition)
        .int32(nodeId)
        .array([nodeId], (n) => writer.int32(n))
        .array([nodeId], (n) => writer.int32(n)),
    )
  })
}

const findCoordinator: Answer = ({ state: { address } }) =>
  new KafkaWriter().int16(0).int32(nodeId).string(address.host).int32(address.port)

/** Whoever joins last is the group: one consumer at a time is all that is asked of this broker. */
const joinGroup: Answer = ({ reader, state }) => {
  const group = state.group(reader.string())
  reader.int32()
  reader.int32()
  const memberId = reader.string() || `member-${group.generation + 1}`
  reader.string()
  reader.string()
  const [protocol] = reader.array(() => ({ name: reader.string(), metadata: reader.bytes() }))
  group.generation += 1
  group.memberId = memberId
  const writer = new KafkaWriter()
    .int32(0)
    .int16(0)
    .int32(group.generation)
    .string(protocol?.name ?? '')
  writer.string(memberId).string(memberId)
  return writer.array([0], () =>
    writer
      .string(memberId)
      .string(null)
      .bytes(protocol?.metadata ?? Buffer.alloc(0)),
  )
}

const syncGroup: Answer = ({ reader, state }) => {
  const group = state.group(reader.string())
  reader.int32()
  const memberId = reader.string()
  reader.string()
  const assignments = reader.array(() => ({ memberId: reader.string(), assignment: reader.bytes() }))
  const own = assignments.find((one) => one.memberId === memberId)
  const current = group.memberId === memberId
  return new KafkaWriter()
    .int32(0)
    .int16(current ? 0 : 25)
    .bytes(own?.assignment ?? Buffer.alloc(0))
}

const heartbeat: Answer = ({ reader, state }) => {
  const group = state.group(reader.string())
  reader.int32()
  return new KafkaWriter().int32(0).int16(group.memberId === reader.string() ? 0 : 25)
}

const leaveGroup: Answer = ({ reader }) => {
  reader.string()
  const members = reader.array(() => [reader.string(), reader.string()] as const)
  const writer = new KafkaWriter().int32(0).int16(0)
  return writer.array(members, ([member]) => writer.string(member).string(null).int16(0))
}

const listOffsets: Answer = ({ reader, state }) => {
  reader.int32()
  reader.int8()
  const topics = reader.array(() => ({
    name: reader.string(),
    partitions: reader.array(() => ({ index: reader.int32(), timestamp: reader.int64() })),
  }))
  const writer = new KafkaWriter().int32(0)
  return writer.array(topics, ({ name, partitions }) => {
    writer.string(name).array(partitions, ({ index, timestamp }) => {
      const end = BigInt(state.topics.get(name)?.length ?? 0)
      writer
        .int32(index)
        .int16(0)
        .int64(-1n)
        .int64(timestamp === -2n ? 0n : end)
    })
  })
}

const offsetFetch: Answer = ({ reader, state }) => {
  const { committed } = state.group(reader.string())
  const topics = reader.array(() => ({
    name: reader.string(),
    partitions: reader.array(() => reader.int32()),
  }))
  const writer = new KafkaWriter().int32(0)
  writer.array(topics, ({ name, partitions }) => {
    writer.string(name).array(partitions, (index) => {
      writer
        .int32(index)
        .int64(committed.get(name) ?? -1n)
        .int32(-1)
        .string(null)
        .int16(0)
    })
  })
  return writer.int16(0)
}

const offsetCommit: Answer = ({ reader, state }) => {
  const group = state.group(reader.string())
  reader.int32()
  reader.string()
  reader.string()
  const topics = reader.array(() => ({
    name: reader.string(),
    partitions: reader.array(() => {
      const [index, offset] = [reader.int32(), reader.int64()]
      reader.int32()
      reader.string()
      return { index, offset }
    }),
  }))
  for (const { name, partitions } of topics)
    for (const { offset } of partitions) group.committed.set(name, offset)
  state.changed()
  const writer = new KafkaWriter().int32(0)
  return writer.array(topics, ({ name, partitions }) => {
    writer.string(name).array(partitions, ({ index }) => writer.int32(index).int16(0))
  })
}

/** What is answered at once, by the number of the API. Fetching may wait, and has a file of its own. */
export const answers: Readonly<Record<number, Answer>> = {
  2: listOffsets,
  3: metadata,
  8: offsetCommit,
  9: offsetFetch,
  10: findCoordinator,
  11: joinGroup,
  12: heartbeat,
  13: leaveGroup,
  14: syncGroup,
  18: apiVersions,
}
