import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readNotice } from '#adapters/read-notice.ts'
import { readSkyMap } from '#adapters/skymap/read-sky-map.ts'
import { pixelCentre } from '#domain/alerts/skymap/healpix.ts'
import { folderSource } from '#test/support/notices.ts'
import { skyMapFits } from '#test/support/sky-map.ts'

const rows = [
  { order: 9, pixel: 123_456, probability: 0.7 },
  { order: 10, pixel: 9_000_000, probability: 0.2 },
  { order: 3, pixel: 700, probability: 0.1 },
]

const notice = (fits: Buffer) => {
  const text = readFileSync(new URL('../../fixtures/notices/igwn-initial.json', import.meta.url), 'utf8')
  const json = text.replace('"U0lNUExF"', JSON.stringify(fits.toString('base64')))
  const reading = readNotice(new TextEncoder().encode(json), folderSource('igwn.json'))
  if (reading.outcome !== 'read') throw new Error(reading.detail)
  return reading.notice
}

describe('a multi-order sky map', () => {
  it('is read with its pixels and their probabilities', () => {
    const map = readSkyMap(skyMapFits(rows))
    expect(map.map(({ order, pixel }) => ({ order, pixel }))).toEqual(
      rows.map(({ order, pixel }) => ({ order, pixel })),
    )
    for (const [n, { probability }] of map.entries())
      expect(probability).toBeCloseTo(rows[n]?.probability ?? 0, 9)
  })

  it('gives a gravitational-wave notice its place', () => {
    const { place, skymap, flags } = notice(skyMapFits(rows))
    expect(flags).toEqual([])
    expect(place).toMatchObject(pixelCentre(9, 123_456))
    expect(skymap?.digest?.densest[0]).toEqual([123_456, expect.closeTo(0.7, 6)])
  })

  it.each<[string, Buffer, RegExp]>([
    ['is no FITS', Buffer.from('SIMPLE'), /no FITS table/],
    ['is cut off in its header', skyMapFits(rows).subarray(0, 3000), /no FITS table/],
    ['is cut off in its rows', skyMapFits(rows).subarray(0, 2 * 2880 + 24), /add up to 0.7/],
    ['has other columns', skyMapFits(rows, ['PIXEL', 'A', 'PROB']), /no columns UNIQ and PROBDENSITY/],
    ['adds up to more than 1', skyMapFits([...rows, ...rows]), /add up to 2.00/],
    ['has a negative density', skyMapFits([{ order: 1, pixel: 0, probability: -1 }]), /density of -/],
    [
      'has no number for a density',
      skyMapFits([{ order: 1, pixel: 0, probability: Number.NaN }]),
      /density of NaN/,
    ],
    [
      'has a pixel that there is not',
      skyMapFits([{ order: 1, pixel: -14, probability: 1 }]),
      /no UNIQ number/,
    ],
  ])('that %s costs the notice its place and nothing else', (_, fits, why) => {
    const { place, skymap, flags } = notice(fits)
    expect(place).toBeNull()
    expect(skymap).toEqual({ url: null, inlineBytes: fits.length })
    expect(flags).toEqual([
      { code: 'skymap-unreadable', path: 'event/skymap', detail: expect.stringMatching(why) },
    ])
  })
})
