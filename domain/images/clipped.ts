export type Clipped = {
  readonly mean: number
  readonly median: number
  /** Standard deviation of what was kept. */
  readonly sigma: number
  readonly kept: number
}

const rounds = 10

/**
 * Mean, median and deviation of values without those further than `kappa` deviations from the median, over and over
 * until none is (Stetson 1987; Bertin & Arnouts 1996, section 3). The values are sorted in place.
 */
export const clipped = (values: Float32Array, kappa = 3): Clipped => {
  values.sort()
  let [from, to] = [0, values.length]
  for (let round = 0; ; round++) {
    const kept = to - from
    if (kept === 0) return { mean: 0, median: 0, sigma: 0, kept }
    const median = ((values[from + ((kept - 1) >> 1)] ?? 0) + (values[from + (kept >> 1)] ?? 0)) / 2
    let sum = 0
    let squares = 0
    for (let at = from; at < to; at++) {
      const off = (values[at] ?? 0) - median
      sum += off
      squares += off * off
    }
    const sigma = Math.sqrt(Math.max(0, squares / kept - (sum / kept) ** 2))
    const before = kept
    while (from < to && (values[from] ?? 0) < median - kappa * sigma) from++
    while (to > from && (values[to - 1] ?? 0) > median + kappa * sigma) to--
    if (to - from === before || round === rounds) return { mean: median + sum / kept, median, sigma, kept }
  }
}

/** Every so-manieth value, about `count` of them. */
export const sampled = (values: Float32Array, count: number): Float32Array => {
  const step = Math.max(1, Math.floor(values.length / count))
  const sample = new Float32Array(Math.floor(values.length / step))
  for (let at = 0; at < sample.length; at++) sample[at] = values[at * step] ?? 0
  return sample
}
