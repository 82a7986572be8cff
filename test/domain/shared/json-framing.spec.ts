import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { JsonFraming } from '#domain/shared/json-framing.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

const arrayOrObject = fc.oneof(
  fc.array(fc.jsonValue()),
  fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()),
  // Strings that look like structure.
  fc.array(fc.string({ unit: fc.constantFrom('[', ']', '{', '}', '"', '\\', 'é', '☂', '𝄞') })),
)
const blank = fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\t'), maxLength: 3 })
const messages = fc.array(fc.tuple(blank, arrayOrObject), { maxLength: 6 })
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })

const pieces = (bytes: Uint8Array, fractions: readonly number[]) => {
  const at = [0, ...fractions.map((f) => Math.floor(f * bytes.length)).toSorted((a, b) => a - b)]
  return at.map((from, i) => bytes.subarray(from, at[i + 1] ?? bytes.length))
}

describe('framing', () => {
  test.prop([messages, cuts])(
    'any split of any sequence of JSON texts gives the same texts',
    (sent, where) => {
      const texts = sent.map(([, value]) => JSON.stringify(value))
      const stream = bytesOf(sent.map(([space], i) => space + texts[i]).join(''))
      const framing = new JsonFraming(1_000_000)
      const framed = pieces(stream, where).map((piece) => framing.push(piece))
      expect(framed.flatMap((got) => got.texts)).toEqual(texts)
      expect(framed.filter(({ fault }) => fault)).toEqual([])
      expect(framing.unfinished).toHaveLength(0)
    },
  )

  test.prop([messages])('one byte at a time gives the same texts', (sent) => {
    const texts = sent.map(([, value]) => JSON.stringify(value))
    const framing = new JsonFraming(1_000_000)
    const framed = [...bytesOf(texts.join('\n'))].flatMap((byte) => framing.push(Uint8Array.of(byte)).texts)
    expect(framed).toEqual(texts)
  })

  test.prop([fc.uint8Array({ maxLength: 400 }), cuts])(
    'never keeps more than its limit, whatever comes',
    (bytes, where) => {
      const framing = new JsonFraming(50)
      for (const piece of pieces(bytes, where)) {
        framing.push(piece)
        expect(framing.unfinished.length).toBeLessThanOrEqual(50)
      }
    },
  )

  it('keeps what has come of a text without an end', () => {
    const framing = new JsonFraming(100)
    framing.push(bytesOf('[{"name":'))
    framing.push(bytesOf('"STA'))
    expect(new TextDecoder().decode(framing.unfinished)).toBe('[{"name":"STA')
  })

  it('takes a text of exactly its limit and refuses one byte more, also in pieces', () => {
    expect(new JsonFraming(8).push(bytesOf('["1234"]'))).toEqual({ texts: ['["1234"]'] })
    const framing = new JsonFraming(8)
    expect(framing.push(bytesOf('["12'))).toEqual({ texts: [] })
    expect(framing.push(bytesOf('345"]')).fault).toEqual({
      reason: 'TOO_LARGE',
      detail: 'more than 8 bytes and no end',
      raw: bytesOf('["12345"]'),
    })
  })

  it('counts each text by itself', () => {
    expect(new JsonFraming(8).push(bytesOf('["1234"]["5678"]')).texts).toEqual(['["1234"]', '["5678"]'])
  })

  it('hands over what came before garbage, then nothing more', () => {
    const framing = new JsonFraming(100)
    const { texts, fault } = framing.push(bytesOf('[1] HTTP/1.1 400 Bad Request'))
    expect(texts).toEqual(['[1]'])
    expect(fault).toMatchObject({ reason: 'INVALID_JSON', raw: bytesOf('HTTP/1.1 400 Bad Request') })
    expect(framing.push(bytesOf('[2]'))).toEqual({ texts: [] })
  })
})
