import type { Interval } from '../interval.ts'
import type { Direction, Rotation, Wave } from '../search/task.ts'

/** The altitude of a direction through the night: its sine is a wave of the sidereal angle. */
export const waveOf = ([x, y, z]: Direction, { sinLatitude, cosLatitude }: Rotation): Wave => ({
  level: sinLatitude * z,
  cos: cosLatitude * x,
  sin: cosLatitude * y,
})

/** The wave as it will be some seconds later. */
export const shifted = ({ level, cos, sin }: Wave, bySeconds: number, { rateRadS }: Rotation): Wave => {
  const c = Math.cos(rateRadS * bySeconds)
  const s = Math.sin(rateRadS * bySeconds)
  return { level, cos: cos * c + sin * s, sin: sin * c - cos * s }
}

export const sineAt = ({ level, cos, sin }: Wave, atS: number, { angleRad, rateRadS }: Rotation): number => {
  const angle = angleRad + rateRadS * atS
  return level + cos * Math.cos(angle) + sin * Math.sin(angle)
}

/** The culmination nearest to an instant. */
export const culminationS = ({ cos, sin }: Wave, nearS: number, { angleRad, rateRadS }: Rotation): number => {
  const first = (Math.atan2(sin, cos) - angleRad) / rateRadS
  const day = (2 * Math.PI) / rateRadS
  return first + day * Math.round((nearS - first) / day)
}

/** When the sine of the altitude is above a limit, between 0 and an end of at most two days. */
export const whenAbove = (wave: Wave, limit: number, untilS: number, rotation: Rotation): Interval[] => {
  const share = (limit - wave.level) / Math.hypot(wave.cos, wave.sin)
  if (share > 1) return []
  if (share <= -1) return [[0, untilS]]
  return aroundCulmination(wave, Math.acos(share) / rotation.rateRadS, untilS, rotation)
}

/** From so many seconds before a culmination to as many after, between 0 and an end of at most two days. */
export const aroundCulmination = (
  wave: Wave,
  half: number,
  untilS: number,
  rotation: Rotation,
): Interval[] => {
  const day = (2 * Math.PI) / rotation.rateRadS
  const parts: Interval[] = []
  for (let top = culminationS(wave, 0, rotation) - day; top - half < untilS; top += day)
    if (top + half > 0) parts.push([Math.max(0, top - half), Math.min(untilS, top + half)])
  return parts
}

/** The best sine within intervals. */
export const bestSine = (wave: Wave, intervals: readonly Interval[], rotation: Rotation): number =>
  intervals.reduce((best, [from, until]) => {
    const top = culminationS(wave, (from + until) / 2, rotation)
    const at = Math.max(from, Math.min(until, top))
    // The culmination nearest to the middle may not be the nearest to the ends of a long stretch.
    return Math.max(
      best,
      sineAt(wave, at, rotation),
      sineAt(wave, from, rotation),
      sineAt(wave, until, rotation),
    )
  }, -1)
