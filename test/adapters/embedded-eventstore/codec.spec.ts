import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { putRecord, recordSizeBound } from '#adapters/embedded-eventstore/log/record.ts'
import { RecordView } from '#adapters/embedded-eventstore/log/record-view.ts'
import { Fields } from '#adapters/embedded-eventstore/protocol/fields.ts'
import { asGrpcMessage, asTrailerText } from '#adapters/embedded-eventstore/protocol/grpc-error.ts'
import { Message } from '#adapters/embedded-eventstore/protocol/message.ts'
import { MessageReader } from '#adapters/embedded-eventstore/protocol/message-reader.ts'
import { tombstoneRevision } from '#adapters/embedded-eventstore/protocol/varint.ts'

const only = (message: Message): Fields => {
  const fields = new Fields(message.encoded())
  expect(fields.next()).toBe(true)
  return fields
}

describe('numbers', () => {
  it('come back as they were written', () =>
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 2000 }), (value, no) => {
        const fields = only(new Message().number(no, value))
        expect([fields.no, fields.number]).toEqual([no, value])
      }),
    ))

  it('of 64 bits with a sign come back to the bit', () =>
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        expect(only(new Message().int(1, value)).int64).toBe(value)
      }),
    ))

  it('hold the two that no double holds: a tombstone, and no position', () => {
    expect(only(new Message().number(1, tombstoneRevision)).int64).toBe(2n ** 63n - 1n)
    expect(only(new Message().number(1, 2 ** 64)).int64).toBe(-1n)
  })
})

it('messages are the same however the bytes arrive', () =>
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 300 })),
      fc.integer({ min: 1, max: 50 }),
      (bodies, step) => {
        const bytes = Buffer.concat(bodies.map((body) => new Message().bytes(1, body).framed()))
        const found: Buffer[] = []
        const reader = new MessageReader((message) => found.push(Buffer.from(message)))
        for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step))
        expect(found.map((message) => [...only(new Message().bytes(1, message)).bytes()])).toEqual(
          bodies.map((body) => [...new Message().bytes(1, body).encoded()]),
        )
      },
    ),
  ))

it('a record gives back what was put into it, and only when it is whole', () =>
  fc.assert(
    fc.property(
      fc.record({
        id: fc.uuid(),
        type: fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
        json: fc.boolean(),
        metadata: fc.uint8Array({ maxLength: 300 }),
        data: fc.uint8Array({ maxLength: 300 }),
      }),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
      fc.constantFrom(0, 1, 127, 128, 2 ** 31, 2 ** 40, tombstoneRevision),
      fc.constantFrom(64, 300, 2 ** 32 + 5, 2 ** 52),
      (event, name, revision, position) => {
        const stream = Buffer.from(name)
        const bytes = Buffer.alloc(recordSizeBound(stream, event) + 10)
        const place = { stream, revision, position, groupOffset: 7, flags: 3, createdMs: 1_700_000_000_123 }
        const length = putRecord(bytes, 10, event, place)
        const view = new RecordView()
        view.bytes = bytes
        view.at = 10
        expect(length).toBeLessThanOrEqual(recordSizeBound(stream, event))
        expect([view.id, view.type, view.revision, view.position, view.length]).toEqual([
          event.id,
          Buffer.from(event.type).toString(),
          revision,
          position,
          length,
        ])
        expect([...view.stream]).toEqual([...stream])
        expect([...view.data]).toEqual([...event.data])
        expect([view.groupOffset, view.flags, view.createdMs]).toEqual([7, 3, place.createdMs])
        expect(view.isSound(10 + length)).toBe(true)
        expect(view.isSound(10 + length - 1)).toBe(false)
        const response = new Fields(bytes.subarray(view.frameStart + 5, view.frameEnd))
        response.next()
        const read = response.message()
        read.next()
        expect([...read.bytes()]).toEqual([...view.event])
        read.next()
        expect([read.no, read.number]).toEqual([3, position])
      },
    ),
  ))

it('texts in trailers are ASCII and can be read back', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const wellFormed = text.toWellFormed()
      expect(decodeURI(asGrpcMessage(text).replaceAll('%25', '%2525'))).toBe(
        wellFormed.replaceAll('%', '%25'),
      )
      expect(asTrailerText(text)).toMatch(/^[\x20-\x7e]*$/)
    }),
  ))
