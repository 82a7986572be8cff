import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyse } from '#domain/images/analysis/analyse.ts'
import { againstCatalogue } from '#domain/images/analysis/known-sky.ts'
import { pixelOf, skyOf } from '#domain/images/projection.ts'
import { simulatedSky } from '#simulators/sky-catalogue.ts'
import { transientIn } from '#simulators/transient.ts'
import { starImage, wcsOf } from '#test/support/star-images.ts'

const size = 512
const exposureS = 60

const look = (n: number, object: string) => {
  const [raDeg, decDeg] = [(n * 47) % 360, -70 + n * 12]
  const { raw, wcs } = starImage(`known-${n}`, raDeg, decDeg, exposureS, size, object)
  const analysis = analyse({ width: size, height: size, pixels: raw, raw, gain: 1 })
  const found = againstCatalogue({ width: size, height: size, exposureS, wcs, analysis }, simulatedSky)
  return { ...found, transient: transientIn(object, { raDeg, decDeg }) }
}

const fields = Array.from({ length: 10 }, (_, n) => n)

describe('P45 what is in an image and in no catalogue', () => {
  it('nothing, where the sky is as it always was', () => {
    expect(fields.flatMap((n) => look(n, 'M 31').strangers)).toEqual([])
  })

  it('the transient of an alert and no more, at its place and with its magnitude', () => {
    for (const n of fields) {
      const { strangers, transient } = look(n, `swift-${n}00`)
      if (!transient) throw new Error('no transient')
      expect(strangers).toHaveLength(1)
      const [one] = strangers
      expect(one?.decDeg).toBeCloseTo(transient.decDeg, 4)
      expect(one?.raDeg).toBeCloseTo(transient.raDeg, 3)
      expect(Math.abs((one?.magnitude ?? 0) - transient.magnitude)).toBeLessThan(0.2)
    }
  })

  it('tells how deep the image goes: a star of the limiting magnitude is five times above the noise', () => {
    const { limitingMagnitude } = look(3, '')
    // 22 is one electron a second; 60 s, a noise of 17 counts over the 9.1 pixels of such a star.
    const expected = 22 - 2.5 * Math.log10((5 * 17.4 * Math.sqrt(4 * Math.PI) * (2 / 2.3548)) / exposureS)
    expect(Math.abs((limitingMagnitude ?? 0) - expected)).toBeLessThan(0.2)
  })

  it('pixel and place in the sky go over into each other', () => {
    const places = fc.record({
      raDeg: fc.double({ min: 0, max: 359.999, noNaN: true }),
      decDeg: fc.double({ min: -89, max: 89, noNaN: true }),
      x: fc.double({ min: -500, max: 1_000, noNaN: true }),
      y: fc.double({ min: -500, max: 1_000, noNaN: true }),
    })
    fc.assert(
      fc.property(places, ({ raDeg, decDeg, x, y }) => {
        const wcs = wcsOf(size, raDeg, decDeg)
        const back = pixelOf(wcs, skyOf(wcs, { x, y }))
        expect(back?.x).toBeCloseTo(x, 3)
        expect(back?.y).toBeCloseTo(y, 3)
      }),
    )
  })
})
