import { Message } from '../protocol/message.ts'

// Tag and length of the id, tag and length of its text, 36 characters: every stored event begins with these.
const textualIdLength = 40

/** The same RecordedEvent with its id as two 64-bit numbers. */
export const withStructuredUuid = (event: Buffer): Buffer => {
  const hex = event.toString('latin1', 4, textualIdLength).replaceAll('-', '')
  const half = (from: number): bigint => BigInt.asIntN(64, BigInt(`0x${hex.slice(from, from + 16)}`))
  const id = new Message().message(1, (uuid) =>
    uuid.message(1, (bits) => bits.int(1, half(0)).int(2, half(16))),
  )
  return Buffer.concat([id.encoded(), event.subarray(textualIdLength)])
}
