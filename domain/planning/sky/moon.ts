import { type Interval, intersect } from '../interval.ts'
import type { Direction } from '../search/task.ts'
import type { MoonTrack } from './night-sky.ts'
import { whereAbove } from './where-above.ts'

const radians = Math.PI / 180
// Below it the Moon lights nothing: refraction lifts its limb by about as much.
const moonDownDeg = -1

export const cosBetween = (a: Direction, b: Direction): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

export const degreesBetween = (a: Direction, b: Direction): number =>
  Math.acos(Math.max(-1, Math.min(1, cosBetween(a, b)))) / radians

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
