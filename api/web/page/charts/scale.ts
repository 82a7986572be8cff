export type Scale = (value: number) => number

/** From one span of numbers to another, straight. */
export const linear =
  ([fromLow, fromHigh]: readonly [number, number], [toLow, toHigh]: readonly [number, number]): Scale =>
  (value) =>
    toLow + ((value - fromLow) / (fromHigh - fromLow || 1)) * (toHigh - toLow)

const hourMs = 3_600_000

/** Whole hours in a span, not more of them than fit. */
export const hoursIn = (fromMs: number, untilMs: number, width: number): number[] => {
  const most = Math.max(2, Math.floor(width / 56))
  const step = [1, 2, 3, 4, 6, 12].find((hours) => (untilMs - fromMs) / (hours * hourMs) <= most) ?? 24
  const first = Math.ceil(fromMs / (step * hourMs)) * step * hourMs
  const hours: number[] = []
  for (let at = first; at <= untilMs; at += step * hourMs) hours.push(at)
  return hours
}

export const pathOf = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
