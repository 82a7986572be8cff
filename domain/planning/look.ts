import { epochMsOf, instantOf } from '../shared/time.ts'
import { type Constraints, constraintsSchema, type PlanInput } from './input.ts'
import type { Interval } from './interval.ts'
import { nightFor, wholeNight } from './night.ts'
import { airmassAt } from './sky/airmass.ts'
import { sineAt } from './sky/altitude.ts'
import { degreesBetween } from './sky/moon.ts'
import type { Target } from './target.ts'
import { visibleWhen, watchOf } from './visibility.ts'

type Moment = {
  readonly at: string
  readonly altitudeDeg: number
  /** Null below the horizon. */
  readonly airmass: number | null
  readonly moonAltitudeDeg: number
  readonly moonSeparationDeg: number
}

/** How a target stands through one night: when it may be observed, and where it is meanwhile. */
export type Look = {
  readonly night: string
  readonly from: string | null
  readonly until: string | null
  readonly constraints: Constraints
  readonly moonIllumination: number
  readonly windows: readonly { readonly from: string; readonly until: string }[]
  readonly moments: readonly Moment[]
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits))

/** A target through a night, every so many seconds. */
export const lookAt = (
  input: Pick<PlanInput, 'site' | 'night'> & Partial<Pick<PlanInput, 'horizon'>>,
  target: Target,
  constraints: Constraints = constraintsSchema.parse({}),
  everyS = 1800,
): Look => {
  const night = nightFor(input)
  const watch = watchOf(night.sky, input.horizon)
  const { wave, direction } = watch.sighting(target)
  const { rotation, moon, originMs } = night.sky
  const at = (seconds: number): string => instantOf(originMs + Math.round(seconds) * 1000)
  const windows = visibleWhen(watch, wholeNight(night), { wave, direction }, constraints)
  const moments = Array.from(
    { length: night.empty ? 0 : Math.floor(night.untilS / everyS) + 1 },
    (_, i): Moment => {
      const seconds = i * everyS
      const altitudeDeg = (Math.asin(sineAt(wave, seconds, rotation)) * 180) / Math.PI
      const step = Math.round(seconds / moon.stepS)
      return {
        at: at(seconds),
        altitudeDeg: round(altitudeDeg, 2),
        airmass: altitudeDeg > 0 ? round(airmassAt(altitudeDeg), 3) : null,
        moonAltitudeDeg: round(moon.altitudesDeg[step] ?? 0, 1),
        moonSeparationDeg: round(degreesBetween(direction, moon.directions[step] ?? direction), 1),
      }
    },
  )
  return {
    night: input.night,
    from: night.empty ? null : at(0),
    until: night.empty ? null : instantOf(epochMsOf(at(0)) + night.untilS * 1000),
    constraints,
    moonIllumination: round(moon.illumination, 3),
    windows: windows.map(([from, until]: Interval) => ({
      from: at(Math.ceil(from)),
      until: at(Math.floor(until)),
    })),
    moments,
  }
}
