import type { Exposure } from '#domain/devices/camera.ts'
import type { Wcs } from '#domain/images/projection.ts'
import { dice, seedOf } from './dice.ts'
import { paintStars } from './star-field.ts'
import { transientIn } from './transient.ts'

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

/** Of each pixel of a row or column, how far it is from the middle, squared; the image's width is 1. */
const squaresFromMiddle = (size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, at) => (at / size - 0.5) ** 2)

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
  if (frame === 'light' && wcs) {
    const transient = transientIn(exposure.object, wcs)
    paintStars(image, size, wcs, exposureS, seeingPixels / 2.3548, transient ? [transient] : [])
  }
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
  const { size } = detector
  const pixels = new Uint16Array(image.length)
  const squares = squaresFromMiddle(size)
  // Counted loops: a camera's quarter of a million pixels are half of what a simulated night costs otherwise.
  for (let row = 0, index = 0; row < size; row++) {
    const y2 = squares[row] ?? 0
    for (let column = 0; column < size; column++, index++) {
      // Brighter in the middle than in the corners, as every optical system is.
      const electrons = (image[index] ?? 0) * (1 - 0.3 * ((squares[column] ?? 0) + y2)) + dark
      const noise = (gaussians[(roll() * 65_536) | 0] ?? 0) * Math.sqrt(electrons + readNoise * readNoise)
      const counts = Math.round(biasLevel + electrons + noise)
      pixels[index] = counts < 0 ? 0 : counts > 65_535 ? 65_535 : counts
    }
  }
  return pixels
}
