/** About as many as the eye needs to judge: more would only cost time. */
const samples = 4_000

const quantile = (sorted: Float32Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0

/**
 * Brightness for the eye, 0 to 255: dark just below the sky, and an inverse hyperbolic sine above, so that faint stars
 * show and bright ones do not burn out. In the manner of zscale, from a sample of the pixels.
 */
export const stretched = (pixels: Float32Array): Uint8Array => {
  const step = Math.max(1, Math.floor(pixels.length / samples))
  const sample = pixels.filter((_, index) => index % step === 0).toSorted()
  const sky = quantile(sample, 0.5)
  const noise = Math.max(1, sky - quantile(sample, 0.16))
  const black = sky - 1.5 * noise
  const white = Math.max(quantile(sample, 0.999), sky + 10 * noise)
  const top = Math.asinh((white - black) / noise)
  return Uint8Array.from(pixels, (value) =>
    Math.round(255 * Math.min(1, Math.asinh(Math.max(0, value - black) / noise) / top)),
  )
}
