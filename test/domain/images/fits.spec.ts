import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitsFile } from '#domain/images/fits.ts'
import { cardText } from '#domain/images/fits-header.ts'
import { onesComplementSum, readFits } from '#test/support/read-fits.ts'

const keyword = fc.stringMatching(/^[A-Z][A-Z0-9_-]{0,5}X$/)
const value = fc.oneof(
  fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, 'o').trimEnd()),
  fc.double({ noNaN: true, min: -1e12, max: 1e12 }).map((number) => Number(number.toPrecision(10))),
  fc.integer(),
  fc.boolean(),
)

describe('a FITS file', () => {
  it('gives back header and pixels to a strict reader, whatever they are', () => {
    const cases = fc.record({
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 40 }),
      cards: fc.uniqueArray(fc.record({ keyword, value }), {
        selector: (card) => card.keyword,
        maxLength: 60,
      }),
      seed: fc.integer({ min: 0, max: 65_535 }),
    })
    fc.assert(
      fc.property(cases, ({ width, height, cards, seed }) => {
        const pixels = Uint16Array.from({ length: width * height }, (_, i) => (i * 7919 + seed) % 65_536)
        const read = readFits(fitsFile({ width, height, pixels, cards }))
        expect(read.keywords.slice(0, 5)).toEqual(['SIMPLE', 'BITPIX', 'NAXIS', 'NAXIS1', 'NAXIS2'])
        expect(read.pixels).toEqual([...pixels])
        for (const card of cards) expect(read.cards.get(card.keyword)).toEqual(card.value)
      }),
    )
  })

  it('has sums that come out: DATASUM over the data, and all ones over the whole', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 4, maxLength: 400 }),
        (values) => {
          const pixels = Uint16Array.from(values)
          const file = fitsFile({ width: values.length, height: 1, pixels, cards: [] })
          const { cards, data } = readFits(file)
          expect(`${onesComplementSum(data)}`).toBe(cards.get('DATASUM'))
          expect(onesComplementSum(file)).toBe(0xffffffffn)
          expect(cards.get('CHECKSUM')).toMatch(/^[0-9A-Za-z]{16}$/)
        },
      ),
    )
  })

  it('is in fixed format: numbers end in column 30, text begins in column 11', () => {
    expect(cardText({ keyword: 'EXPTIME', value: 30.5, comment: 's' })).toBe(
      'EXPTIME =                 30.5 / s'.padEnd(80),
    )
    expect(cardText({ keyword: 'OBJECT', value: "Barnard's star" })).toBe(
      "OBJECT  = 'Barnard''s star'".padEnd(80),
    )
  })

  it('refuses what no header can say', () => {
    expect(() => cardText({ keyword: 'TOOLONGKEY', value: 1 })).toThrow('TOOLONGKEY is no FITS keyword')
    expect(() => cardText({ keyword: 'NAN', value: Number.NaN })).toThrow('no word for NaN')
    expect(() => fitsFile({ width: 2, height: 2, pixels: new Uint16Array(3), cards: [] })).toThrow('3 pixels')
  })
})
