import { offsetBy, type SkyPoint } from './sky.ts'
import type { Strategy } from './strategy.ts'

type Tiles = Extract<Strategy['request']['pattern'], { kind: 'tiles' }>

/** Centres of square fields that cover a circle, the middle first, then outwards; no more than the pattern allows. */
export const tilesOver = (centre: SkyPoint, radiusDeg: number, pattern: Tiles): SkyPoint[] => {
  const stepDeg = pattern.fieldDeg * (1 - pattern.overlap)
  // More rings than can hold the tiles allowed are not looked at.
  const rings = Math.min(Math.ceil(radiusDeg / stepDeg), Math.ceil(Math.sqrt(pattern.maxTiles)))
  const offsets: { x: number; y: number; farDeg: number }[] = []
  for (let x = -rings; x <= rings; x++)
    for (let y = -rings; y <= rings; y++) {
      const farDeg = Math.hypot(x, y) * stepDeg
      if (farDeg <= radiusDeg + pattern.fieldDeg / 2) offsets.push({ x, y, farDeg })
    }
  return offsets
    .sort((a, b) => a.farDeg - b.farDeg || a.x - b.x || a.y - b.y)
    .slice(0, pattern.maxTiles)
    .map(({ x, y }) => (x === 0 && y === 0 ? centre : offsetBy(centre, x * stepDeg, y * stepDeg)))
}
