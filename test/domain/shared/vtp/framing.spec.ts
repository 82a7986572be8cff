import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { VtpFraming, vtpFrame } from '#domain/shared/vtp/framing.ts'

const payloads = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 })

describe('VTP framing', () => {
  test.prop([payloads, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 })])(
    'gives back every document, however the network cuts and glues',
    (documents, cuts) => {
      const bytes = Buffer.concat(documents.map(vtpFrame))
      const framing = new VtpFraming(1_000)
      const found: Uint8Array[] = []
      for (let at = 0, n = 0; at < bytes.length; n += 1) {
        const next = at + (cuts[n % cuts.length] ?? 1)
        found.push(...framing.push(bytes.subarray(at, next)).payloads)
        at = next
      }
      expect(found.map((one) => [...one])).toEqual(documents.map((one) => [...one]))
      expect(framing.midFrame).toBe(false)
    },
  )

  it('is lost at a length over the limit, before anything is allocated, and stays lost', () => {
    const framing = new VtpFraming(10)
    const good = vtpFrame(Uint8Array.of(1, 2))
    const { payloads: before, lost } = framing.push(Buffer.concat([good, Uint8Array.of(255, 255, 255, 255)]))
    expect(before).toEqual([Uint8Array.of(1, 2)])
    expect(lost).toEqual({ announcedBytes: 4294967295, maxBytes: 10 })
    expect(framing.push(good).payloads).toEqual([])
  })
})
