import type { z } from 'zod'
import type { Constraints } from './input.ts'
import { type Interval, intersect, without } from './interval.ts'
import type { Direction, Wave } from './search/task.ts'
import { altitudeOfAirmass } from './sky/airmass.ts'
import { aroundCulmination, waveOf, whenAbove } from './sky/altitude.ts'
import { type horizonSchema, skylineOf } from './sky/horizon.ts'
import { moonUp, moonWatch } from './sky/moon.ts'
import type { NightSky } from './sky/night-sky.ts'

const radians = Math.PI / 180

/** What takes time away from a target, in the order in which it is asked about. */
export const cuts = [
  'sun',
  'altitude',
  'horizon',
  'zenith',
  'hour-angle',
  'moon-separation',
  'moon-illumination',
] as const
export type Cut = (typeof cuts)[number]

export type Sighting = { readonly direction: Direction; readonly wave: Wave }

/** One night's sky, ready to be asked about many targets. */
export type Watch = {
  readonly sky: NightSky
  /** What is left of intervals after a cut. */
  apply(cut: Cut, left: readonly Interval[], sighting: Sighting, constraints: Constraints): Interval[]
  sighting(target: Parameters<NightSky['apparent']>[0]): Sighting
  /** The altitude a target must have: its own limit, or that of its airmass. */
  lowestDeg(constraints: Constraints): number
}

const radiansPerHour = Math.PI / 12

export const watchOf = (sky: NightSky, horizon: z.output<typeof horizonSchema> = []): Watch => {
  const skyline = skylineOf(horizon, sky.rotation)
  const nearMoon = moonWatch(sky.moon)
  const up = moonUp(sky.moon)
  const altitudes = new Map<number, number>()
  const ofAirmass = (limit: number): number => {
    const known = altitudes.get(limit) ?? altitudeOfAirmass(limit)
    altitudes.set(limit, known)
    return known
  }
  const lowestDeg = ({ minAltitudeDeg, maxAirmass }: Constraints): number =>
    Math.max(minAltitudeDeg, maxAirmass === undefined ? -90 : ofAirmass(maxAirmass))
  const above = ({ wave }: Sighting, sine: number) => whenAbove(wave, sine, sky.untilS, sky.rotation)
  return {
    sky,
    lowestDeg,
    sighting: (target) => {
      const direction = sky.apparent(target)
      return { direction, wave: waveOf(direction, sky.rotation) }
    },
    apply: (cut, left, sighting, constraints) => {
      switch (cut) {
        case 'sun':
          return intersect(left, sky.darkWhen(constraints.maxSunAltitudeDeg))
        case 'altitude':
          return intersect(left, above(sighting, Math.sin(lowestDeg(constraints) * radians)))
        case 'horizon':
          return skyline.highestDeg <= lowestDeg(constraints)
            ? [...left]
            : skyline.clear(left, sighting.direction)
        case 'hour-angle': {
          if (constraints.maxHourAngleH === undefined) return [...left]
          const halfS = (constraints.maxHourAngleH * radiansPerHour) / sky.rotation.rateRadS
          return intersect(left, aroundCulmination(sighting.wave, halfS, sky.untilS, sky.rotation))
        }
        case 'zenith':
          if (constraints.maxAltitudeDeg >= 90) return [...left]
          return above(sighting, Math.sin(constraints.maxAltitudeDeg * radians)).reduce<Interval[]>(without, [
            ...left,
          ])
        case 'moon-separation':
          return nearMoon(sighting.direction, constraints.minMoonSeparationDeg).reduce<Interval[]>(without, [
            ...left,
          ])
        case 'moon-illumination':
          return sky.moon.illumination > (constraints.maxMoonIllumination ?? 1)
            ? up.reduce<Interval[]>(without, [...left])
            : [...left]
      }
    },
  }
}

/** When a target may be exposed, within given intervals. */
export const visibleWhen = (
  watch: Watch,
  within: readonly Interval[],
  sighting: Sighting,
  constraints: Constraints,
): Interval[] => {
  let left = [...within]
  for (const cut of cuts) if (left.length > 0) left = watch.apply(cut, left, sighting, constraints)
  return left
}
