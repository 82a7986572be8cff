import { z } from 'zod'
import { type Interval, intersect } from '../interval.ts'
import { altAzOf } from '../search/setup.ts'
import type { Direction, Rotation } from '../search/task.ts'
import { whereAbove } from './where-above.ts'

/** What stands around the telescope: altitudes at azimuths from north over east, straight lines between; none is flat. */
export const horizonSchema = z.array(
  z.strictObject({ azimuthDeg: z.number().min(0).lt(360), altitudeDeg: z.number().min(0).max(90) }),
)

type Horizon = z.output<typeof horizonSchema>

/** The altitude of the horizon at an azimuth, in degrees. */
export const horizonAt = (horizon: Horizon): ((azimuthDeg: number) => number) => {
  const marks = horizon.toSorted((a, b) => a.azimuthDeg - b.azimuthDeg)
  const [first, last] = [marks[0], marks.at(-1)]
  if (!first || !last) return () => -90
  const round = [
    { ...last, azimuthDeg: last.azimuthDeg - 360 },
    ...marks,
    { ...first, azimuthDeg: first.azimuthDeg + 360 },
  ]
  return (azimuthDeg) => {
    const next = round.findIndex((mark) => mark.azimuthDeg >= azimuthDeg)
    const [from, until] = [round[next - 1] ?? last, round[next] ?? first]
    const span = until.azimuthDeg - from.azimuthDeg
    const share = span > 0 ? (azimuthDeg - from.azimuthDeg) / span : 1
    return from.altitudeDeg + share * (until.altitudeDeg - from.altitudeDeg)
  }
}

// The altitude bends by a few arc seconds between two samples.
const stepS = 120

export type Skyline = {
  /** When a direction stands above the horizon, within some stretches. */
  clear(left: readonly Interval[], direction: Direction): Interval[]
  /** Nothing stands higher. */
  readonly highestDeg: number
}

export const skylineOf = (horizon: Horizon, rotation: Rotation): Skyline => {
  const altitudeAt = horizonAt(horizon)
  const clearance = (direction: Direction, atS: number): number => {
    const [altitude, azimuth] = altAzOf(direction, atS, rotation)
    return altitude - altitudeAt(azimuth)
  }
  return {
    highestDeg: horizon.reduce((most, { altitudeDeg }) => Math.max(most, altitudeDeg), -90),
    clear: (left, direction) =>
      left.flatMap(([from, until]) => {
        const count = Math.ceil((until - from) / stepS) + 1
        const samples = Float64Array.from({ length: count }, (_, i) => clearance(direction, from + i * stepS))
        const above = whereAbove(samples, stepS).map(([a, b]): Interval => [from + a, from + b])
        return intersect([[from, until]], above)
      }),
  }
}
