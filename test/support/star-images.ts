import type { Exposure } from '#domain/devices/camera.ts'
import { pixelOf, type Wcs } from '#domain/images/projection.ts'
import { type Detector, exposed } from '#simulators/exposure.ts'
import { starsAround } from '#simulators/star-field.ts'

const fwhmPerSigma = 2.3548
const skyPerS = 4
const readNoise = 8

export const detectorOf = (size: number): Detector => ({ size, scaleDeg: 1 / 3600, seeingPixels: 2 })

export const wcsOf = (size: number, raDeg: number, decDeg: number): Wcs => ({
  raDeg,
  decDeg,
  scaleDeg: 1 / 3600,
  centreX: (size + 1) / 2,
  centreY: (size + 1) / 2,
})

const exposureOf = (imageId: string, frame: Exposure['frame'], exposureS: number, object = ''): Exposure => ({
  imageId,
  file: 'images/n/x.fits',
  frame,
  exposureS,
  object,
  pointing: null,
})

/** What the simulated camera reads out, as numbers. */
export const frame = (name: string, kind: Exposure['frame'], exposureS: number, size: number): Float32Array =>
  Float32Array.from(exposed(exposureOf(name, kind, exposureS), detectorOf(size), null, -5))

/** An image of the simulated sky, and what is really there: places, and how far each star is above the noise. */
export const starImage = (
  name: string,
  raDeg: number,
  decDeg: number,
  exposureS: number,
  size: number,
  object = '',
) => {
  const wcs = wcsOf(size, raDeg, decDeg)
  const raw = Float32Array.from(
    exposed(exposureOf(name, 'light', exposureS, object), detectorOf(size), wcs, -30),
  )
  const sigma = detectorOf(size).seeingPixels / fwhmPerSigma
  const noise2 = skyPerS * exposureS + readNoise ** 2
  const stars = starsAround(raDeg, decDeg, (size / 2 / 3600) * 1.5).flatMap((star) => {
    const at = pixelOf(wcs, star)
    if (!at || at.x < 0.5 || at.y < 0.5 || at.x > size + 0.5 || at.y > size + 0.5) return []
    const light = 10 ** (0.4 * (22 - star.magnitude)) * exposureS
    // The corners see less: as in the simulated optics.
    const dim = 1 - 0.3 * (((at.x - 1) / size - 0.5) ** 2 + ((at.y - 1) / size - 0.5) ** 2)
    // The best that can be had of a Gaussian (King 1983): the noise of 4 pi sigma^2 pixels.
    const snr = (light * dim) / Math.sqrt(light * dim + 4 * Math.PI * sigma ** 2 * noise2)
    return [{ ...star, ...at, snr }]
  })
  return { raw, wcs, stars, noise: Math.sqrt(noise2) }
}
