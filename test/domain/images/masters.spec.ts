import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clipped } from '#domain/images/clipped.ts'
import { combine, noiseOfStack } from '#domain/images/masters/combine.ts'
import { corrected } from '#domain/images/masters/correct.ts'
import { frame } from '#test/support/star-images.ts'

const size = 128
const spread = (pixels: Float32Array) => clipped(Float32Array.from(pixels)).sigma

describe('P44 master frames', () => {
  const biases = Array.from({ length: 10 }, (_, n) => frame(`bias-${n}`, 'bias', 0, size))

  it('the noise of a stack is that of one frame', () => {
    // A read noise of 8 and rounding to whole counts.
    expect(noiseOfStack(biases)).toBeCloseTo(Math.sqrt(64 + 1 / 12), 0)
    expect(noiseOfStack([])).toBe(0)
  })

  it('ten frames together have a third of the noise of one, and the same level', () => {
    const { pixels } = combine(biases, noiseOfStack(biases))
    expect(clipped(Float32Array.from(pixels)).mean).toBeCloseTo(1_000, 0)
    expect(spread(pixels) / spread(biases[0] ?? new Float32Array())).toBeCloseTo(1 / Math.sqrt(10), 1)
  })

  it('a cosmic ray in one of three frames is not in their master', () => {
    const three = biases.slice(0, 3).map((bias) => Float32Array.from(bias))
    const [hit] = three
    const struck = [5, 777, 9_000]
    for (const at of struck) if (hit) hit[at] = 20_000
    const { pixels, rejected } = combine(three, noiseOfStack(three))
    // Of 49 152 values noise alone may put one or two as far.
    expect(rejected).toBeGreaterThanOrEqual(struck.length)
    expect(rejected).toBeLessThan(struck.length + 3)
    for (const at of struck) expect(Math.abs((pixels[at] ?? 0) - 1_000)).toBeLessThan(40)
  })

  it('the order of the frames changes nothing but rounding, and each pixel lies between its frames', () => {
    const stacks = fc.array(fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 4, maxLength: 4 }), {
      minLength: 1,
      maxLength: 9,
    })
    fc.assert(
      fc.property(stacks, fc.integer({ min: 0, max: 500 }), (stack, noise) => {
        const frames = stack.map((values) => Float32Array.from(values))
        const one = combine(frames, noise).pixels
        const other = combine(frames.toReversed(), noise).pixels
        for (let at = 0; at < 4; at++) {
          const values = stack.map((of) => of[at] ?? 0)
          expect(one[at]).toBeCloseTo(other[at] ?? 0, 1)
          expect(one[at]).toBeGreaterThanOrEqual(Math.min(...values) - 0.01)
          expect(one[at]).toBeLessThanOrEqual(Math.max(...values) + 0.01)
        }
      }),
    )
  })

  it('what was added by the camera is taken off again: bias, dark by its time, flat', () => {
    const sky = [100, 250, 400]
    const flat = Float32Array.of(0.8, 1, 1.2)
    const bias = Float32Array.of(1_000, 1_001, 999)
    const dark = { pixels: Float32Array.of(10, 20, 30), exposureS: 60 }
    const raw = Float32Array.from(sky, (counts, at) => {
      const current = ((dark.pixels[at] ?? 0) * 120) / 60
      return counts * (flat[at] ?? 1) + (bias[at] ?? 0) + current
    })
    const result = corrected(raw, 120, { bias, dark, flat })
    for (const [at, counts] of sky.entries()) expect(result[at]).toBeCloseTo(counts, 2)
    expect([...corrected(raw, 120, { bias: null, dark: null, flat: null })]).toEqual([...raw])
  })
})
