/** What an image is corrected with; all of its size. What is null is left out. */
export type Corrections = {
  readonly bias: Float32Array | null
  /** Without bias, of `exposureS` seconds. */
  readonly dark: { readonly pixels: Float32Array; readonly exposureS: number } | null
  /** About 1. */
  readonly flat: Float32Array | null
}

/** Where a flat has next to no light, dividing by it would only make noise. */
const leastFlat = 0.05

/**
 * An image without the camera's own doing: less the bias, less the dark current of its exposure time, divided by the
 * flat (Howell, Handbook of CCD Astronomy, chapter 4).
 */
export const corrected = (
  raw: Float32Array,
  exposureS: number,
  { bias, dark, flat }: Corrections,
): Float32Array => {
  const result = Float32Array.from(raw)
  if (bias) for (let at = 0; at < result.length; at++) result[at] = (result[at] ?? 0) - (bias[at] ?? 0)
  if (dark && dark.exposureS > 0) {
    const scale = exposureS / dark.exposureS
    for (let at = 0; at < result.length; at++) result[at] = (result[at] ?? 0) - scale * (dark.pixels[at] ?? 0)
  }
  if (flat)
    for (let at = 0; at < result.length; at++)
      result[at] = (result[at] ?? 0) / Math.max(leastFlat, flat[at] ?? 1)
  return result
}
