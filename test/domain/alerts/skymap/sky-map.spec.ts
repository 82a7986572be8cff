import { describe, expect, it } from 'vitest'
import { separationDeg } from '#domain/alerts/sky.ts'
import { pixelAreaSqDeg, pixelCentre } from '#domain/alerts/skymap/healpix.ts'
import { tilesOverMap } from '#domain/alerts/skymap/map-tiles.ts'
import { summaryOf } from '#domain/alerts/skymap/sky-map.ts'

const pattern = { kind: 'tiles', fieldDeg: 0.36, overlap: 0.1, maxTiles: 5 } as const

describe('a sky map', () => {
  it('is summed up by its 90 % area, its densest place and its densest pixels', () => {
    const summary = summaryOf([
      { order: 9, pixel: 100_000, probability: 0.6 },
      { order: 10, pixel: 4 * 100_001 + 2, probability: 0.2 },
      { order: 10, pixel: 4 * 100_001 + 3, probability: 0.15 },
      { order: 4, pixel: 7, probability: 0.05 },
    ])
    expect(summary?.digest.area90SqDeg).toBeCloseTo(1.5 * pixelAreaSqDeg(9), 9)
    expect(summary?.digest.densest.map(([pixel]) => pixel)).toEqual([100_000, 100_001])
    expect(summary?.digest.densest[1]?.[1]).toBeCloseTo(0.35, 9)
    expect(summary?.place).toMatchObject(pixelCentre(9, 100_000))
    expect(summary?.place.error?.r90Deg).toBeCloseTo(Math.sqrt((1.5 * pixelAreaSqDeg(9)) / Math.PI), 3)
  })

  it('of the whole sky is a circle of most of it, and keeps no more pixels than are of use', () => {
    const flat = Array.from({ length: 12 }, (_, pixel) => ({ order: 0, pixel, probability: 1 / 12 }))
    const summary = summaryOf(flat)
    expect(summary?.digest.area90SqDeg).toBeCloseTo(11 * pixelAreaSqDeg(0), 6)
    expect(summary?.place.error?.r90Deg).toBeGreaterThan(120)
    expect(summary?.digest.densest).toHaveLength(600)
  })

  it('without any pixel has no place', () => expect(summaryOf([])).toBeNull())
})

describe('tiles over a sky map', () => {
  // Two spots far from each other: no circle holds both.
  const west = 4 * 4 * 4 * 1000 * 4
  const east = 4 * 4 * 4 * 9000 * 4
  const densest: [number, number][] = [
    ...Array.from({ length: 64 }, (_, n): [number, number] => [west + n, 0.01]),
    ...Array.from({ length: 64 }, (_, n): [number, number] => [east + n, 0.005]),
  ]
  const digest = { area90SqDeg: 128 * pixelAreaSqDeg(9), order: 9, densest }

  it('go where the probability is, the most first', () => {
    const tiles = tilesOverMap(digest, { ...pattern, maxTiles: 20 })
    const near = (pixel: number) => (tile: (typeof tiles)[number]) =>
      separationDeg(tile, pixelCentre(9, pixel)) < 3
    expect(near(west)(tiles[0] ?? { raDeg: 0, decDeg: 0 })).toBe(true)
    expect(tiles.some(near(east))).toBe(true)
    expect(tiles.every((tile) => near(west)(tile) || near(east)(tile))).toBe(true)
  })

  it('see nothing twice for its own sake, and are no more than allowed', () => {
    const tiles = tilesOverMap(digest, pattern)
    expect(tiles).toHaveLength(5)
    expect(new Set(tiles.map(({ raDeg, decDeg }) => `${raDeg} ${decDeg}`)).size).toBe(5)
    // Enough tiles for all: each pixel is within a field of one of them.
    const all = tilesOverMap(digest, { ...pattern, maxTiles: 100 })
    for (const [pixel] of densest)
      expect(Math.min(...all.map((tile) => separationDeg(tile, pixelCentre(9, pixel))))).toBeLessThan(0.26)
    expect(all.length).toBeLessThan(densest.length)
  })
})
