import type { Exposure } from '#domain/devices/camera.ts'
import type { Wcs } from '#domain/images/projection.ts'
import { dice, seedOf } from './dice.ts'
import { paintStars } from './star-field.ts'

export type Detector = {
  readonly size: number
  readonly scaleDeg: number
  /** Full width at half maximum of a star, in pixels. */
  readonly seeingPixels: number
}

export const biasLevel = 1_000
const readNoise = 8
const darkPerS = 0.05
const skyPerS = 4

/**
 * Counts a second that the clear twilight gives, by the Sun's altitude: about one magnitude a degree, as between sunset and
 * nautical dusk. A camera knows neither of roof nor of lamp: a flat is of such a sky.
 */
export const twilightPerS = (sunAltitudeDeg: number): number =>
  skyPerS + 2_800 * 10 ** (0.4 * (sunAltitudeDeg + 7))

/** Gaussian noise from a table: a tenth of the time that 262,144 logarithms take. */
const gaussians = (() => {
  const roll = dice(seedOf('gauss'))
  return Float32Array.from({ length: 65_536 }, () => {
    const radius = Math.sqrt(-2 * Math.log(Math.max(1e-12, roll())))
    return radius * Math.cos(2 * Math.PI * roll())
  })
})()

/** Brighter in the middle than in the corners, as every optical system is. */
const vignetting = (index: number, size: number): number => {
  const [x, y] = [(index % size) / size - 0.5, Math.floor(index / size) / size - 0.5]
  return 1 - 0.3 * (x * x + y * y)
}

const light = (
  exposure: Exposure,
  detector: Detector,
  wcs: Wcs | null,
  sunAltitudeDeg: number,
): Float32Array => {
  const { frame, exposureS } = exposure
  const { size, seeingPixels } = detector
  const image = new Float32Array(size * size)
  const perS = { flat: twilightPerS(sunAltitudeDeg), light: skyPerS, dark: 0, bias: 0 }[frame]
  image.fill(perS * exposureS)
  if (frame === 'light' && wcs) paintStars(image, size, wcs, exposureS, seeingPixels / 2.3548)
  return image
}

/** What the detector reads out; the same exposure gives the same numbers, noise and all. */
export const exposed = (
  exposure: Exposure,
  detector: Detector,
  wcs: Wcs | null,
  sunAltitudeDeg: number,
): Uint16Array => {
  const roll = dice(seedOf(exposure.imageId))
  const image = light(exposure, detector, wcs, sunAltitudeDeg)
  const dark = exposure.frame === 'bias' ? 0 : darkPerS * exposure.exposureS
  const pixels = new Uint16Array(image.length)
  for (const [index, incoming] of image.entries()) {
    const electrons = incoming * vignetting(index, detector.size) + dark
    const noise = (gaussians[(roll() * 65_536) | 0] ?? 0) * Math.sqrt(electrons + readNoise * readNoise)
    pixels[index] = Math.max(0, Math.min(65_535, Math.round(biasLevel + electrons + noise)))
  }
  return pixels
}
