import type { ErrorRadius, Place, SkyMapDigest } from '../notice.ts'
import { pixelAreaSqDeg, pixelCentre } from './healpix.ts'

/** A pixel of a multi-order map, NESTED, with the share of the probability in it. */
export type MapPixel = { readonly order: number; readonly pixel: number; readonly probability: number }

/** Pixels of 0.11°, a third of what a camera's field measures; together some 60 fields of 0.36°. */
const digestOrder = 9
const mostPixels = 600
const containment = 0.9

const densityOf = ({ order, probability }: MapPixel): number => probability / pixelAreaSqDeg(order)

/** The densest pixels that together hold 90 % of the probability. */
const credible = (map: readonly MapPixel[]): MapPixel[] => {
  const inside: MapPixel[] = []
  let held = 0
  for (const pixel of map.toSorted((a, b) => densityOf(b) - densityOf(a))) {
    if (held >= containment) break
    held += pixel.probability
    inside.push(pixel)
  }
  return inside
}

/** The same in pixels of one order. Of a coarse map only as many as are kept. */
const inOneOrder = (densestFirst: readonly MapPixel[]): [number, number][] => {
  const sums = new Map<number, number>()
  for (const { order, pixel, probability } of densestFirst) {
    const finer = order - digestOrder
    if (finer >= 0) {
      const parent = Math.floor(pixel / 4 ** finer)
      sums.set(parent, (sums.get(parent) ?? 0) + probability)
      continue
    }
    const parts = 4 ** -finer
    for (let part = 0; part < parts && sums.size < 4 * mostPixels; part++)
      sums.set(pixel * parts + part, probability / parts)
  }
  return [...sums]
    .sort(([a, p], [b, q]) => q - p || a - b)
    .slice(0, mostPixels)
    .map(([pixel, probability]) => [pixel, Number(probability.toPrecision(4))])
}

/** The radius of a circle of so much of the sky. */
const radiusOfArea = (sqDeg: number): number => {
  const steradian = sqDeg * (Math.PI / 180) ** 2
  return (Math.acos(Math.max(-1, 1 - steradian / (2 * Math.PI))) * 180) / Math.PI
}

export type SkyMapSummary = {
  readonly digest: SkyMapDigest
  /** The densest place, and a circle as large as the 90 % area: the area itself is seldom one. */
  readonly place: Place
}

/** What of a sky map is needed to judge and to tile it; null for one without any probability. */
export const summaryOf = (map: readonly MapPixel[]): SkyMapSummary | null => {
  const inside = credible(map)
  const densest = inOneOrder(inside)
  const [first] = densest
  if (!first) return null
  const area90SqDeg = inside.reduce((sum, { order }) => sum + pixelAreaSqDeg(order), 0)
  const radiusDeg = radiusOfArea(area90SqDeg)
  const error: ErrorRadius = {
    radiusDeg,
    containment,
    systematicIncluded: true,
    addedSystematicDeg: 0,
    r90Deg: radiusDeg,
  }
  return {
    digest: { area90SqDeg, order: digestOrder, densest },
    place: { ...pixelCentre(digestOrder, first[0]), error },
  }
}
