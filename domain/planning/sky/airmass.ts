const radians = Math.PI / 180

/** Pickering (2002), good to the horizon; above 20° the secant of the zenith distance is within 0.8 % of it. */
export const airmassAt = (altitudeDeg: number): number => {
  if (altitudeDeg <= 0) return Number.POSITIVE_INFINITY
  const lift = altitudeDeg < 20 ? 244 / (165 + 47 * altitudeDeg ** 1.1) : 0
  return 1 / Math.sin((altitudeDeg + lift) * radians)
}

/** The altitude above which the airmass stays below a limit. */
export const altitudeOfAirmass = (limit: number): number => {
  let [low, high] = [0, 90]
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2
    if (airmassAt(middle) > limit) low = middle
    else high = middle
  }
  return high
}
