import type { SkyMapDigest } from '../notice.ts'
import { directionOf, type SkyPoint } from '../sky.ts'
import type { Strategy } from '../strategy.ts'
import { pixelCentre } from './healpix.ts'

type Tiles = Extract<Strategy['request']['pattern'], { kind: 'tiles' }>

type Spot = {
  readonly centre: SkyPoint
  readonly direction: ReturnType<typeof directionOf>
  readonly probability: number
}

/** East and north of a field's centre on its tangent plane, in degrees; far away it does not matter how far. */
const isWithin = ({ centre, direction: [x, y, z] }: Spot, other: Spot, halfDeg: number): boolean => {
  const [ox, oy, oz] = other.direction
  const cosine = x * ox + y * oy + z * oz
  const half = (halfDeg * Math.PI) / 180
  // Beyond the field's corners by any measure.
  if (cosine < Math.cos(half * 1.5)) return false
  const ra = (centre.raDeg * Math.PI) / 180
  const dec = (centre.decDeg * Math.PI) / 180
  const east = -Math.sin(ra) * ox + Math.cos(ra) * oy
  const north = -Math.sin(dec) * (Math.cos(ra) * ox + Math.sin(ra) * oy) + Math.cos(dec) * oz
  return Math.abs(east / cosine) <= half && Math.abs(north / cosine) <= half
}

/**
 * Centres of fields over the densest part of a sky map. Each is where most of the probability is that those before it do not
 * see; so the first few are worth most, however the area is shaped.
 */
export const tilesOverMap = ({ order, densest }: SkyMapDigest, pattern: Tiles): SkyPoint[] => {
  const spots = densest.map(([pixel, probability]): Spot => {
    const centre = pixelCentre(order, pixel)
    return { centre, direction: directionOf(centre.raDeg, centre.decDeg), probability }
  })
  const halfDeg = pattern.fieldDeg / 2
  const seenFrom = spots.map((spot) =>
    spots.flatMap((other, n) => (isWithin(spot, other, halfDeg) ? [n] : [])),
  )
  const left = spots.map(({ probability }) => probability)
  const gainOf = (n: number): number => (seenFrom[n] ?? []).reduce((sum, seen) => sum + (left[seen] ?? 0), 0)
  const tiles: SkyPoint[] = []
  while (tiles.length < pattern.maxTiles) {
    let [best, gain] = [-1, 0]
    for (const n of spots.keys()) if (gainOf(n) > gain) [best, gain] = [n, gainOf(n)]
    const chosen = spots[best]
    if (!chosen) break
    tiles.push(chosen.centre)
    for (const seen of seenFrom[best] ?? []) left[seen] = 0
  }
  return tiles
}
