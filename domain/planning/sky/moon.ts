import { type Interval, intersect } from '../interval.ts'
import type { Direction } from '../search/task.ts'
import type { MoonTrack } from './night-sky.ts'

const radians = Math.PI / 180
// Below it the Moon lights nothing: refraction lifts its limb by about as much.
const moonDownDeg = -1

export const cosBetween = (a: Direction, b: Direction): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

export const degreesBetween = (a: Direction, b: Direction): number =>
  Math.acos(Math.max(-1, Math.min(1, cosBetween(a, b)))) / radians

/** Where a quantity sampled at equal steps is above 0, with straight lines between the samples. */
const whereAbove = (samples: ArrayLike<number>, stepS: number): Interval[] => {
  const parts: Interval[] = []
  let began: number | null = (samples[0] ?? 0) > 0 ? 0 : null
  for (let i = 1; i < samples.length; i++) {
    const a = samples[i - 1] ?? 0
    const b = samples[i] ?? 0
    if (a > 0 === b > 0) continue
    const at = (i - 1 + a / (a - b)) * stepS
    if (began === null) began = at
    else {
      parts.push([began, at])
      began = null
    }
  }
  if (began !== null) parts.push([began, (samples.length - 1) * stepS])
  return parts
}

export const moonUp = ({ altitudesDeg, stepS }: MoonTrack): Interval[] =>
  whereAbove(
    altitudesDeg.map((altitude) => altitude - moonDownDeg),
    stepS,
  )

/** What is too near the Moon while it is up. Knows how far the Moon goes, so that most targets cost nothing. */
export const moonWatch = (track: MoonTrack): ((direction: Direction, minDeg: number) => Interval[]) => {
  const up = moonUp(track)
  const middle = track.directions[Math.floor(track.directions.length / 2)] ?? [1, 0, 0]
  const reachDeg = Math.max(...track.directions.map((direction) => degreesBetween(direction, middle)))
  return (direction, minDeg) => {
    if (up.length === 0 || minDeg === 0) return []
    const safe = Math.min(180, minDeg + reachDeg + 0.1)
    if (cosBetween(direction, middle) < Math.cos(safe * radians)) return []
    const limit = Math.cos(minDeg * radians)
    const nearness = track.directions.map((moon) => cosBetween(direction, moon) - limit)
    return intersect(whereAbove(nearness, track.stepS), up)
  }
}
