import type { SkyPoint } from '../sky.ts'

/**
 * HEALPix in the NESTED scheme: twelve equal faces, each halved both ways `order` times. Górski et al. 2005, ApJ 622, 759,
 * sections 4 and 5.
 */
const faces = 12
/** Ring of each face's southernmost corner, and its longitude, in units of the side and of 45°. */
const cornerRing = [2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4]
const cornerLongitude = [1, 3, 5, 7, 0, 2, 4, 6, 1, 3, 5, 7]

const skySqDeg = (4 * Math.PI * 180 ** 2) / Math.PI ** 2

export const pixelsOf = (order: number): number => faces * 4 ** order

export const pixelAreaSqDeg = (order: number): number => skySqDeg / pixelsOf(order)

/** Every second bit of a pixel's number within its face, the lowest first: its place along one side. */
const along = (within: number, order: number, first: 0 | 1): number => {
  let place = 0
  for (let bit = 0; bit < order; bit++) place += (Math.floor(within / 2 ** (2 * bit + first)) % 2) * 2 ** bit
  return place
}

type Ring = { readonly pixels: number; readonly z: number; readonly shift: 0 | 1 }

/** How many pixels a quarter of a ring has, the sine of its declination, and whether it is shifted by half a pixel. */
const ringOf = (ring: number, side: number): Ring => {
  if (ring < side) return { pixels: ring, z: 1 - ring ** 2 / (3 * side ** 2), shift: 0 }
  const fromSouth = 4 * side - ring
  if (fromSouth < side) return { pixels: fromSouth, z: fromSouth ** 2 / (3 * side ** 2) - 1, shift: 0 }
  return { pixels: side, z: (2 * (2 * side - ring)) / (3 * side), shift: (ring - side) % 2 === 0 ? 0 : 1 }
}

/** The centre of a pixel. `pixel` is from 0 up to 12·4^order, `order` at most 24, so that its number is exact. */
export const pixelCentre = (order: number, pixel: number): SkyPoint => {
  const side = 2 ** order
  const face = Math.floor(pixel / side ** 2)
  const within = pixel % side ** 2
  const [x, y] = [along(within, order, 0), along(within, order, 1)]
  const { pixels, z, shift } = ringOf((cornerRing[face] ?? 0) * side - x - y - 1, side)
  const nth = ((cornerLongitude[face] ?? 0) * pixels + x - y + 1 + shift) / 2
  const raDeg = ((nth - (shift + 1) / 2) * 90) / pixels
  return { raDeg: (raDeg + 360) % 360, decDeg: (Math.asin(z) * 180) / Math.PI }
}
