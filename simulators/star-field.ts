import { pixelOf, type Wcs } from '#domain/images/projection.ts'
import { dice, seedOf } from './dice.ts'

export type Star = { readonly raDeg: number; readonly decDeg: number; readonly magnitude: number }

/** The sky is cut into cells about this wide; each has its own few stars, always the same ones. */
const cellDeg = 0.05
const starsPerCell = 3
const brightest = 9
const faintest = 20

const starsIn = (band: number, cell: number, widthDeg: number): Star[] => {
  const roll = dice(seedOf(`${band}/${cell}`))
  const count = Math.floor(roll() * (2 * starsPerCell + 1))
  return Array.from({ length: count }, () => ({
    raDeg: ((((cell + roll()) * widthDeg) % 360) + 360) % 360,
    decDeg: (band + roll()) * cellDeg,
    // Each magnitude fainter there are twice as many.
    magnitude: Math.max(brightest, faintest + Math.log10(Math.max(1e-9, roll())) / 0.3),
  }))
}

/** The stars within a square around a position. */
export const starsAround = (raDeg: number, decDeg: number, halfWidthDeg: number): Star[] => {
  const stars: Star[] = []
  const lastBand = Math.floor((decDeg + halfWidthDeg) / cellDeg)
  for (let band = Math.floor((decDeg - halfWidthDeg) / cellDeg); band <= lastBand; band++) {
    const squeeze = Math.max(0.02, Math.cos(((band + 0.5) * cellDeg * Math.PI) / 180))
    // A whole number of cells around each band, so that none is cut at right ascension 0.
    const cells = Math.max(1, Math.round((360 * squeeze) / cellDeg))
    const widthDeg = 360 / cells
    const reach = Math.min(180, halfWidthDeg / squeeze)
    const last = Math.floor((raDeg + reach) / widthDeg)
    for (let cell = Math.floor((raDeg - reach) / widthDeg); cell <= last; cell++)
      stars.push(...starsIn(band, ((cell % cells) + cells) % cells, widthDeg))
  }
  return stars
}

/** Electrons a second from a star of magnitude 0 times 10^(0.4 * 22): a metre's telescope, roughly. */
const zeroPoint = 22

/** Adds the light of a star, a Gaussian, to an image in electrons. */
const shine = (
  image: Float32Array,
  size: number,
  { x, y }: { x: number; y: number },
  electrons: number,
  sigma: number,
): void => {
  const reach = Math.ceil(4 * sigma)
  const peak = electrons / (2 * Math.PI * sigma * sigma)
  for (let row = Math.max(0, Math.round(y) - 1 - reach); row <= Math.min(size - 1, y - 1 + reach); row++)
    for (
      let column = Math.max(0, Math.round(x) - 1 - reach);
      column <= Math.min(size - 1, x - 1 + reach);
      column++
    ) {
      const distance = (column + 1 - x) ** 2 + (row + 1 - y) ** 2
      const at = row * size + column
      image[at] = (image[at] ?? 0) + peak * Math.exp(-distance / (2 * sigma * sigma))
    }
}

/** Puts the sky's stars into an image, and what is not always there. `sigma` in pixels. */
export const paintStars = (
  image: Float32Array,
  size: number,
  wcs: Wcs,
  seconds: number,
  sigma: number,
  others: readonly Star[] = [],
): void => {
  const halfWidthDeg = (size / 2 + 8) * wcs.scaleDeg * Math.SQRT2
  for (const star of [...starsAround(wcs.raDeg, wcs.decDeg, halfWidthDeg), ...others]) {
    const at = pixelOf(wcs, star)
    if (at) shine(image, size, at, seconds * 10 ** (0.4 * (zeroPoint - star.magnitude)), sigma)
  }
}
