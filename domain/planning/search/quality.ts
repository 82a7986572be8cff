import type { Rotation, Task } from './task.ts'

/** What quality is left far from the preferred time, or low above the horizon. */
export const leastQuality = 0.7

const span = 1 - leastQuality

const preferredQuality = (task: Task, preferredS: number, atS: number): number =>
  Math.max(leastQuality, 1 - (span * Math.abs(atS - preferredS)) / task.toleranceS)

/** Quality of a start whose sidereal angle has this cosine and sine: the hot path, for tables of angles. */
export const qualityAtAngle = (task: Task, atS: number, cos: number, sin: number): number => {
  if (task.preferredS !== null) return preferredQuality(task, task.preferredS, atS)
  if (!task.wave || task.alert) return 1
  return leastQuality + (span * (task.wave.level + task.wave.cos * cos + task.wave.sin * sin)) / task.bestSine
}

/** From 0.7 to 1: 1 at the preferred time, or else where the airmass is the least of the night for it. */
export const qualityAt = (task: Task, atS: number, rotation: Rotation): number => {
  const angle = rotation.angleRad + rotation.rateRadS * atS
  return qualityAtAngle(task, atS, Math.cos(angle), Math.sin(angle))
}

/** When the quality is 1 without regard to windows, nearest to the given instant. */
export const peakOf = (task: Task, nearS: number, { angleRad, rateRadS }: Rotation): number => {
  if (task.preferredS !== null || !task.wave) return task.preferredS ?? nearS
  const culmination = (Math.atan2(task.wave.sin, task.wave.cos) - angleRad) / rateRadS
  const day = (2 * Math.PI) / rateRadS
  return culmination + day * Math.round((nearS - culmination) / day)
}
