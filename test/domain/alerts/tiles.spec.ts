import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { offsetBy, separationDeg } from '#domain/alerts/sky.ts'
import { tilesOver } from '#domain/alerts/tiles.ts'

const points = fc.record({
  raDeg: fc.double({ min: 0, max: 359.9, noNaN: true }),
  decDeg: fc.double({ min: -89.5, max: 89.5, noNaN: true }),
})

describe('tiles', () => {
  test.prop([points, fc.double({ min: 0.05, max: 2, noNaN: true })])(
    'the middle is first, and every place in the circle is in a tile',
    (centre, radiusDeg) => {
      const pattern = { kind: 'tiles', fieldDeg: 0.5, overlap: 0.1, maxTiles: 100 } as const
      const tiles = tilesOver(centre, radiusDeg, pattern)
      expect(tiles[0]).toEqual(centre)
      for (let turn = 0; turn < 12; turn++) {
        const angle = (turn * Math.PI) / 6
        const place = offsetBy(centre, radiusDeg * Math.cos(angle), radiusDeg * Math.sin(angle))
        const nearest = Math.min(...tiles.map((tile) => separationDeg(tile, place)))
        // Half the diagonal of a field.
        expect(nearest).toBeLessThan(0.25 * Math.SQRT2 + 1e-6)
      }
    },
  )

  test.prop([points, fc.integer({ min: 1, max: 20 })])(
    'there are no more than allowed',
    (centre, maxTiles) => {
      const pattern = { kind: 'tiles', fieldDeg: 0.4, overlap: 0.1, maxTiles } as const
      expect(tilesOver(centre, 10, pattern)).toHaveLength(maxTiles)
    },
  )

  test.prop([points, points])('a separation is the same from both ends', (a, b) => {
    expect(separationDeg(a, b)).toBeCloseTo(separationDeg(b, a), 9)
  })
})
