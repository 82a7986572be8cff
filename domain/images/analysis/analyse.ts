import { backgroundOf, withoutSky } from './background.ts'
import { type Blob, type Field, findBlobs } from './find.ts'
import { fwhmPerSigma, measured, type Source, shapeOf } from './measure.ts'

/** What an image is worth, in numbers. Counts are analogue-to-digital units. */
export type Analysis = {
  readonly backgroundCounts: number
  /** Of a pixel of the sky. */
  readonly noiseCounts: number
  readonly saturatedPixels: number
  /** Of stars, the median; null without any that are bright enough and not saturated. */
  readonly fwhmPx: number | null
  /** Brightest first. */
  readonly sources: readonly Source[]
}

export type Searched = {
  readonly width: number
  readonly height: number
  /** Corrected. */
  readonly pixels: Float32Array
  /** As read out: what is saturated is seen there. */
  readonly raw: Float32Array
  /** Electrons a count. */
  readonly gain: number
}

/** The top of a 16-bit converter. */
const fullWell = 65_535
/** As many as are measured in one image. */
const mostSources = 5_000
/** So many tell the width of a star. */
const shapesWanted = 40
/** Where nothing tells it. */
const usualSigma = 1

const median = (values: readonly number[]): number | null =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null

const countSaturated = (raw: Float32Array): number => {
  let count = 0
  for (let at = 0; at < raw.length; at++) if ((raw[at] ?? 0) >= fullWell) count++
  return count
}

/** Whether any pixel within two of a place is at the converter's top. */
const saturatedIn =
  (raw: Float32Array, width: number, height: number) =>
  (x: number, y: number): boolean => {
    for (let row = Math.max(0, y - 2); row <= Math.min(height - 1, y + 2); row++)
      for (let column = Math.max(0, x - 2); column <= Math.min(width - 1, x + 2); column++)
        if ((raw[row * width + column] ?? 0) >= fullWell) return true
    return false
  }

/** A star's deviation by the image's own stars: the brighter ones that are not saturated. */
const sigmaOf = (field: Field, blobs: readonly Blob[], isSaturated: (x: number, y: number) => boolean) => {
  const light = ({ peakX, peakY }: Blob) => field.flat[peakY * field.width + peakX] ?? 0
  const stars = blobs
    .filter((blob) => blob.pixels >= 9 && !isSaturated(blob.peakX, blob.peakY))
    .toSorted((a, b) => light(b) - light(a))
    .slice(0, shapesWanted)
  return median(stars.flatMap((blob) => shapeOf(field, blob, null).sigma ?? []))
}

/** Sky, noise and sources of an image. 5 000 sources at the most are measured. */
export const analyse = ({ width, height, pixels, raw, gain }: Searched): Analysis => {
  const background = backgroundOf(pixels, width, height)
  const flat = withoutSky(pixels, width, height, background)
  const field: Field = { width, height, flat, background }
  const isSaturated = saturatedIn(raw, width, height)
  const blobs = findBlobs(field, mostSources)
  const sigma = sigmaOf(field, blobs, isSaturated)
  const optics = { sigma: sigma ?? usualSigma, gain, isSaturated }
  const sources = blobs
    .map((blob) => measured(field, blob, optics))
    .filter(({ snr }) => snr > 0)
    .toSorted((a, b) => b.flux - a.flux)
  return {
    backgroundCounts: median([...background.levels]) ?? 0,
    noiseCounts: median([...background.noises]) ?? 0,
    saturatedPixels: countSaturated(raw),
    fwhmPx: sigma === null ? null : sigma * fwhmPerSigma,
    sources,
  }
}
