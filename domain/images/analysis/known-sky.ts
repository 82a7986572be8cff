import { pixelOf, skyOf, type Wcs } from '../projection.ts'
import type { StarCatalogue } from '../star-catalogue.ts'
import type { Analysis } from './analyse.ts'
import { fwhmPerSigma, type Source } from './measure.ts'

export type Candidate = Source & {
  readonly raDeg: number
  readonly decDeg: number
  readonly magnitude: number | null
}

type Image = {
  readonly width: number
  readonly height: number
  readonly exposureS: number
  readonly wcs: Wcs
  readonly analysis: Analysis
}

/** Nearer than this to a star of the catalogue a source is that star: two stars that overlap come out between them. */
const samePx = 4
/** Closer to the edge a source's middle is a guess. */
const marginPx = 4
/** Below, a source is not worth anybody's night. */
const leastSnr = 8
/** Sharper than stars are: a cosmic ray. */
const leastWidth = 0.6
const starsForMagnitudes = 3
const snrForMagnitudes = 20

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const distance = (a: { x: number; y: number }, b: { x: number; y: number }): number =>
  Math.hypot(a.x - b.x, a.y - b.y)

const known = ({ wcs, width, height }: Image, catalogue: StarCatalogue) => {
  const halfWidthDeg = (Math.max(width, height) / 2 + samePx) * wcs.scaleDeg * Math.SQRT2
  return catalogue.starsAround(wcs.raDeg, wcs.decDeg, halfWidthDeg).flatMap((star) => {
    const at = pixelOf(wcs, star)
    return at ? [{ ...at, magnitude: star.magnitude }] : []
  })
}

type KnownStar = ReturnType<typeof known>[number]

const nearest = (source: Source, stars: readonly KnownStar[]) => {
  let best: { star: KnownStar; px: number } | null = null
  for (const star of stars) {
    const px = distance(source, star)
    if (!best || px < best.px) best = { star, px }
  }
  return best
}

/** The magnitude of one count a second, by the catalogue's stars; null where too few tell. */
const zeroPoint = ({ analysis: { sources }, exposureS }: Image, stars: readonly KnownStar[]) => {
  const told = sources
    .filter(({ snr, saturated }) => snr > snrForMagnitudes && !saturated)
    .flatMap((source) => {
      const to = nearest(source, stars)
      return to && to.px < 1 ? [to.star.magnitude + 2.5 * Math.log10(source.flux / exposureS)] : []
    })
  return told.length < starsForMagnitudes ? null : median(told)
}

/** Of a star five times above the noise of 4 pi sigma^2 pixels of sky, what a Gaussian's light has to compete with (King 1983). */
const limit = ({ analysis: { fwhmPx, noiseCounts }, exposureS }: Image, zero: number | null) => {
  if (zero === null || fwhmPx === null || noiseCounts === 0) return null
  const counts = 5 * noiseCounts * Math.sqrt(4 * Math.PI) * (fwhmPx / fwhmPerSigma)
  return zero - 2.5 * Math.log10(counts / exposureS)
}

/** How deep an image goes, and what of it is not in the catalogue. */
export const againstCatalogue = (
  image: Image,
  catalogue: StarCatalogue,
): { limitingMagnitude: number | null; strangers: Candidate[] } => {
  const { wcs, width, height, exposureS, analysis } = image
  const stars = known(image, catalogue)
  const zero = zeroPoint(image, stars)
  const isInside = ({ x, y }: Source) =>
    x > marginPx && y > marginPx && x <= width - marginPx && y <= height - marginPx
  const isStar = ({ fwhmPx }: Source) =>
    fwhmPx === null || analysis.fwhmPx === null || fwhmPx > leastWidth * analysis.fwhmPx
  const strangers = analysis.sources
    .filter((source) => source.snr >= leastSnr && isInside(source) && isStar(source))
    .filter((source) => (nearest(source, stars)?.px ?? Number.POSITIVE_INFINITY) > samePx)
    .map((source) => ({
      ...source,
      ...skyOf(wcs, source),
      magnitude: zero === null ? null : zero - 2.5 * Math.log10(source.flux / exposureS),
    }))
  return { limitingMagnitude: limit(image, zero), strangers }
}
