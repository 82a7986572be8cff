import { KafkaWriter } from './wire.ts'

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let crc = n
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  return crc >>> 0
})

/** CRC-32C (Castagnoli), which record batches are sealed with. */
const crc32c = (bytes: Uint8Array): number => {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return ~crc
}

const recordOf = (value: Uint8Array): Buffer => {
  // Attributes, time and offset relative to the batch, no key, the value, no headers.
  const body = new KafkaWriter()
    .int8(0)
    .varint(0)
    .varint(0)
    .varint(-1)
    .varint(value.length)
    .raw(value)
    .varint(0)
  return new KafkaWriter().varint(body.whole.length).raw(body.whole).whole
}

/** One record as a batch of its own, in format 2. */
export const recordBatch = (value: Uint8Array, offset: bigint, atMs: number): Buffer => {
  const sealed = new KafkaWriter()
    .int16(0) // no compression
    .int32(0) // last offset, relative
    .int64(BigInt(atMs))
    .int64(BigInt(atMs))
    .int64(-1n) // no producer
    .int16(-1)
    .int32(-1)
    .int32(1) // records
    .raw(recordOf(value)).whole
  const body = new KafkaWriter().int32(0).int8(2).int32(crc32c(sealed)).raw(sealed).whole
  return new KafkaWriter().int64(offset).int32(body.length).raw(body).whole
}
