import { describe, expect, it } from 'vitest'
import { analyse } from '#domain/images/analysis/analyse.ts'
import { corrected } from '#domain/images/masters/correct.ts'
import { starImage } from '#test/support/star-images.ts'

const size = 512
const margin = 6
const fields = Array.from({ length: 12 }, (_, n) => ({ raDeg: 15 + 29 * n, decDeg: -60 + 11 * n }))

const isInside = ({ x, y }: { x: number; y: number }) =>
  x > margin && y > margin && x < size - margin && y < size - margin

const near = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y)

const searched = () =>
  fields.map(({ raDeg, decDeg }, n) => {
    const image = starImage(`field-${n}`, raDeg, decDeg, 60, size)
    const pixels = corrected(image.raw, 60, {
      bias: new Float32Array(size * size).fill(1_000),
      dark: null,
      flat: null,
    })
    return { ...image, analysis: analyse({ width: size, height: size, pixels, raw: image.raw, gain: 1 }) }
  })

describe('P44 looking for stars in an image', () => {
  const images = searched()
  const truths = images.flatMap(({ stars, analysis }) =>
    stars
      .filter((star) => star.snr > 10 && isInside(star))
      .map((star) => ({ star, off: Math.min(...analysis.sources.map((source) => near(source, star))) })),
  )
  const sources = images.flatMap(({ stars, analysis }) =>
    analysis.sources
      .filter(isInside)
      .map((source) => ({ source, off: Math.min(...stars.map((star) => near(source, star))) })),
  )

  it('finds at least 95 % of the stars above ten times the noise', () => {
    expect(truths.length).toBeGreaterThan(100)
    const found = truths.filter(({ off }) => off < 1.5).length
    expect(found / truths.length).toBeGreaterThanOrEqual(0.95)
  })

  it('no more than 1 % of what it finds is nothing', () => {
    const nothing = sources.filter(({ off }) => off > 2).length
    expect(nothing / sources.length).toBeLessThanOrEqual(0.01)
  })

  it('places them within 0.2 pixels, as a mean, and within that each one that is well above the noise', () => {
    const found = truths.filter(({ off }) => off < 1.5)
    const rms = Math.sqrt(found.reduce((sum, { off }) => sum + off * off, 0) / found.length)
    expect(rms).toBeLessThan(0.2)
    const bright = found.filter(({ star }) => star.snr > 20)
    expect(bright.filter(({ off }) => off < 0.2).length / bright.length).toBeGreaterThanOrEqual(0.98)
  })

  it('tells sky, noise and the width of a star', () => {
    for (const { analysis, noise } of images) {
      expect(analysis.backgroundCounts).toBeGreaterThan(200)
      expect(analysis.noiseCounts / noise).toBeGreaterThan(0.9)
    }
  })
})
