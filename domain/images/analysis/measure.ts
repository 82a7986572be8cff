import { noiseAt } from './background.ts'
import type { Blob, Field } from './find.ts'

/** A source as it was measured. Pixels count from 1, as in FITS. */
export type Source = {
  readonly x: number
  readonly y: number
  /** Counts above the sky within three deviations of the star's shape: 99 % of a Gaussian's light. */
  readonly flux: number
  readonly snr: number
  /** Full width at half maximum; null where it has none that means anything. */
  readonly fwhmPx: number | null
  readonly saturated: boolean
}

/** From a Gaussian's standard deviation to its full width at half maximum. */
export const fwhmPerSigma = 2 * Math.sqrt(2 * Math.log(2))

type Shape = { readonly x: number; readonly y: number; readonly sigma: number | null }

const mostRounds = 20
/** Further from its brightest pixel no star's middle is. */
const leastSigma = 0.6
const mostSigma = 6

/** Weighted sums around a place: of light, of its moments of first order, and of second order. */
const moments = ({ width, height, flat }: Field, x: number, y: number, sigma: number) => {
  const reach = 4 * sigma
  let [light, byX, byY, byR] = [0, 0, 0, 0]
  const [top, right] = [
    Math.min(height - 1, Math.floor(y + reach)),
    Math.min(width - 1, Math.floor(x + reach)),
  ]
  for (let row = Math.max(0, Math.ceil(y - reach)); row <= top; row++)
    for (let column = Math.max(0, Math.ceil(x - reach)); column <= right; column++) {
      const [dx, dy] = [column - x, row - y]
      const r2 = dx * dx + dy * dy
      if (r2 > reach * reach) continue
      const weighted = (flat[row * width + column] ?? 0) * Math.exp(-r2 / (2 * sigma * sigma))
      light += weighted
      byX += weighted * dx
      byY += weighted * dy
      byR += (weighted * r2) / 2
    }
  return { light, x: byX / light, y: byY / light, perAxis: byR / light }
}

/**
 * Middle and width by moments in a Gaussian window that follows the source: XWIN of SExtractor, and the weight's share
 * taken out of the second moment as of a product of two Gaussians (Bernstein & Jarvis 2002, section 3). A window that is
 * given keeps its width.
 */
export const shapeOf = (field: Field, { peakX, peakY }: Blob, given: number | null): Shape => {
  let [x, y, window] = [peakX, peakY, given ?? 1.2]
  let sigma: number | null = null
  for (let round = 0; round < mostRounds; round++) {
    const of = moments(field, x, y, window)
    if (!(of.light > 0)) return { x: peakX, y: peakY, sigma: null }
    const [stepX, stepY] = [2 * of.x, 2 * of.y]
    x += stepX
    y += stepY
    const lost = 1 - of.perAxis / (window * window)
    sigma = of.perAxis > 0 && lost > 0.05 ? Math.sqrt(of.perAxis / lost) : null
    if (Math.hypot(x - peakX, y - peakY) > 2 * window + 1) return { x: peakX, y: peakY, sigma: null }
    if (given === null) window = Math.min(mostSigma, Math.max(leastSigma, sigma ?? window * 1.5))
    if (Math.hypot(stepX, stepY) < 2e-3 && round > 2) break
  }
  return { x, y, sigma }
}

/** Sum above the sky in a circle, and the number of its pixels. */
const aperture = ({ width, height, flat }: Field, x: number, y: number, radius: number) => {
  let [sum, pixels] = [0, 0]
  const [top, right] = [
    Math.min(height - 1, Math.floor(y + radius)),
    Math.min(width - 1, Math.floor(x + radius)),
  ]
  for (let row = Math.max(0, Math.ceil(y - radius)); row <= top; row++)
    for (let column = Math.max(0, Math.ceil(x - radius)); column <= right; column++) {
      if ((column - x) ** 2 + (row - y) ** 2 > radius * radius) continue
      sum += flat[row * width + column] ?? 0
      pixels++
    }
  return { sum, pixels }
}

export type Optics = {
  /** Standard deviation of a star's shape in pixels. */
  readonly sigma: number
  /** Electrons a count. */
  readonly gain: number
  isSaturated(x: number, y: number): boolean
}

/** Signal-to-noise by the CCD equation (Howell 1989): the source's own shot noise and that of the sky in the circle. */
export const measured = (field: Field, blob: Blob, { sigma, gain, isSaturated }: Optics): Source => {
  const shape = shapeOf(field, blob, sigma)
  const { sum, pixels } = aperture(field, shape.x, shape.y, Math.max(2.5, 3 * sigma))
  const noise = noiseAt(field.background, blob.peakX, blob.peakY)
  const variance = Math.max(0, sum) / gain + pixels * noise * noise
  const saturated = isSaturated(blob.peakX, blob.peakY)
  return {
    x: shape.x + 1,
    y: shape.y + 1,
    flux: sum,
    snr: variance > 0 ? sum / Math.sqrt(variance) : 0,
    fwhmPx: saturated || shape.sigma === null ? null : shape.sigma * fwhmPerSigma,
    saturated,
  }
}
