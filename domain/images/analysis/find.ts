import { type Background, noiseAt } from './background.ts'

/** An image without its sky. */
export type Field = {
  readonly width: number
  readonly height: number
  readonly flat: Float32Array
  readonly background: Background
}

/** Pixels that hang together above the threshold. The places count from 0. */
export type Blob = {
  readonly peakX: number
  readonly peakY: number
  readonly pixels: number
}

/** A point source of this total signal-to-noise reaches it. At 5, 3 % of what was found in simulated skies was noise. */
const threshold = 5.5
/** Near to that of a star, in pixels; a star of twice this width loses a tenth of its significance (Irwin 1985). */
const kernelSigma = 1.1
const reach = 3

const kernel = Float32Array.from({ length: 2 * reach + 1 }, (_, at) =>
  Math.exp(-((at - reach) ** 2) / (2 * kernelSigma ** 2)),
)
/** By how much white noise grows in the filter. */
const noiseGain = kernel.reduce((sum, weight) => sum + weight * weight, 0)

/** Along one axis; what lies outside counts as sky. */
const alongRows = (from: Float32Array, width: number, height: number): Float32Array => {
  const to = new Float32Array(from.length)
  for (let y = 0; y < height; y++) {
    const start = y * width
    for (let x = 0; x < width; x++) {
      const [first, last] = [Math.max(0, x - reach), Math.min(width - 1, x + reach)]
      let sum = 0
      for (let at = first; at <= last; at++) sum += (from[start + at] ?? 0) * (kernel[at - x + reach] ?? 0)
      to[start + x] = sum
    }
  }
  return to
}

const alongColumns = (from: Float32Array, width: number, height: number): Float32Array => {
  const to = new Float32Array(from.length)
  for (let y = 0; y < height; y++)
    for (let offset = -reach; offset <= reach; offset++) {
      if (y + offset < 0 || y + offset >= height) continue
      const weight = kernel[offset + reach] ?? 0
      const [start, other] = [y * width, (y + offset) * width]
      for (let x = 0; x < width; x++) to[start + x] = (to[start + x] ?? 0) + weight * (from[other + x] ?? 0)
    }
  return to
}

/** Goes from a pixel to all that hang together with it, corners too, and strikes them out. */
const blobFrom = (smooth: Float32Array, width: number, height: number, seed: number, level: number): Blob => {
  const open = [seed]
  let [peak, peakAt, pixels] = [smooth[seed] ?? 0, seed, 0]
  smooth[seed] = 0
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    pixels++
    const [x, y] = [at % width, Math.floor(at / width)]
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++)
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        const next = row * width + column
        const value = smooth[next] ?? 0
        if (value <= level) continue
        if (value > peak) [peak, peakAt] = [value, next]
        smooth[next] = 0
        open.push(next)
      }
  }
  return { peakX: peakAt % width, peakY: Math.floor(peakAt / width), pixels }
}

/**
 * Looks for sources: the image is filtered with a star's shape, and what hangs together above a multiple of the filtered
 * noise is one (Bertin & Arnouts 1996, section 4). Two stars closer than about their width come out as one.
 */
export const findBlobs = ({ width, height, flat, background }: Field, most: number): Blob[] => {
  const smooth = alongColumns(alongRows(flat, width, height), width, height)
  const lowest = background.noises.reduce((least, noise) => Math.min(least, noise), Number.POSITIVE_INFINITY)
  const atLeast = threshold * noiseGain * lowest
  const blobs: Blob[] = []
  for (let at = 0; at < smooth.length && blobs.length < most; at++) {
    if (!((smooth[at] ?? 0) > atLeast)) continue
    const level = threshold * noiseGain * noiseAt(background, at % width, Math.floor(at / width))
    if ((smooth[at] ?? 0) > level) blobs.push(blobFrom(smooth, width, height, at, level))
  }
  return blobs
}
