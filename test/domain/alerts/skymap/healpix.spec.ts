import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { separationDeg } from '#domain/alerts/sky.ts'
import { pixelAreaSqDeg, pixelCentre, pixelsOf } from '#domain/alerts/skymap/healpix.ts'

describe('HEALPix, NESTED', () => {
  // Centres of the base pixels and of the first of the next order follow from Górski et al. 2005, equations 4 to 9.
  it.each([
    [0, 0, 45, (Math.asin(2 / 3) * 180) / Math.PI],
    [0, 3, 315, (Math.asin(2 / 3) * 180) / Math.PI],
    [0, 4, 0, 0],
    [0, 6, 180, 0],
    [0, 8, 45, (-Math.asin(2 / 3) * 180) / Math.PI],
    [1, 0, 45, (Math.asin(1 / 3) * 180) / Math.PI],
    [1, 1, 67.5, (Math.asin(2 / 3) * 180) / Math.PI],
    [1, 2, 22.5, (Math.asin(2 / 3) * 180) / Math.PI],
    [1, 3, 45, (Math.asin(11 / 12) * 180) / Math.PI],
    [1, 16, 0, (-Math.asin(1 / 3) * 180) / Math.PI],
  ])('of order %i the pixel %i is at %f, %f', (order, pixel, raDeg, decDeg) => {
    const centre = pixelCentre(order, pixel)
    expect(centre.raDeg).toBeCloseTo(raDeg, 9)
    expect(centre.decDeg).toBeCloseTo(decDeg, 9)
  })

  it('all pixels together are the sky, spread evenly', () => {
    expect(pixelsOf(3) * pixelAreaSqDeg(3)).toBeCloseTo(41_252.96, 2)
    const centres = Array.from({ length: pixelsOf(3) }, (_, pixel) => pixelCentre(3, pixel))
    const sines = centres.map(({ decDeg }) => Math.sin((decDeg * Math.PI) / 180))
    expect(sines.reduce((sum, z) => sum + z, 0)).toBeCloseTo(0, 9)
    expect(sines.reduce((sum, z) => sum + z * z, 0) / sines.length).toBeCloseTo(1 / 3, 2)
    expect(new Set(centres.map(({ raDeg, decDeg }) => `${raDeg.toFixed(6)} ${decDeg.toFixed(6)}`)).size).toBe(
      768,
    )
  })

  const pixels = fc
    .integer({ min: 0, max: 12 })
    .chain((order) => fc.integer({ min: 0, max: pixelsOf(order) - 1 }).map((pixel) => ({ order, pixel })))

  test.prop({ pixel: pixels })('four children lie around their parent', ({ pixel: { order, pixel } }) => {
    const parent = pixelCentre(order, pixel)
    const side = Math.sqrt(pixelAreaSqDeg(order))
    for (let child = 0; child < 4; child++)
      expect(separationDeg(parent, pixelCentre(order + 1, 4 * pixel + child))).toBeLessThan(0.75 * side)
  })
})
