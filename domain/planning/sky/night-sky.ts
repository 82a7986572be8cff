import { Body, Equator, Horizon, Illumination, Observer, SiderealTime } from 'astronomy-engine'
import type { Site } from '../../shared/site.ts'
import type { Interval } from '../interval.ts'
import type { Direction, Rotation } from '../search/task.ts'
import { type Apparent, apparentFrame } from './apparent.ts'
import { crossings } from './crossings.ts'

/** The Moon as seen from the site, every five minutes. */
export type MoonTrack = {
  readonly stepS: number
  readonly directions: readonly Direction[]
  readonly altitudesDeg: readonly number[]
  /** 0 to 1, in the middle of the night. */
  readonly illumination: number
}

/** What the sky of one night does, computed once: everything about a target follows from it by vector arithmetic. */
export type NightSky = {
  readonly originMs: number
  readonly untilS: number
  readonly rotation: Rotation
  readonly apparent: Apparent
  readonly moon: MoonTrack
  /** When the centre of the Sun is below an altitude, without refraction. */
  darkWhen(sunBelowDeg: number): readonly Interval[]
}

const stepS = 300

const altitudeDeg = (body: Body, atMs: number, observer: Observer): number => {
  const date = new Date(atMs)
  const { ra, dec } = Equator(body, date, observer, true, true)
  return Horizon(date, observer, ra, dec).altitude
}

const moonTrack = (originMs: number, untilS: number, observer: Observer): MoonTrack => {
  const directions: Direction[] = []
  const altitudesDeg: number[] = []
  for (let atS = 0; atS <= untilS + stepS; atS += stepS) {
    const date = new Date(originMs + atS * 1000)
    const { ra, dec, vec } = Equator(Body.Moon, date, observer, true, true)
    const length = vec.Length()
    directions.push([vec.x / length, vec.y / length, vec.z / length])
    altitudesDeg.push(Horizon(date, observer, ra, dec).altitude)
  }
  const middle = new Date(originMs + untilS * 500)
  return { stepS, directions, altitudesDeg, illumination: Illumination(Body.Moon, middle).phase_fraction }
}

const radiansPerHour = Math.PI / 12

/** The sidereal angle grows evenly: two values fix it. */
const rotationOf = (originMs: number, untilS: number, site: Site): Rotation => {
  const angleAt = (atMs: number) => SiderealTime(new Date(atMs)) * radiansPerHour
  const spanS = Math.max(3600, untilS)
  const first = angleAt(originMs)
  const turn = 2 * Math.PI
  const expected = spanS * 7.2921159e-5
  const rest = angleAt(originMs + spanS * 1000) - first - expected
  const latitude = site.latitudeDeg * (Math.PI / 180)
  return {
    angleRad: first + site.longitudeDeg * (Math.PI / 180),
    rateRadS: (expected + rest - turn * Math.round(rest / turn)) / spanS,
    sinLatitude: Math.sin(latitude),
    cosLatitude: Math.cos(latitude),
  }
}

const observerOf = (site: Site): Observer =>
  new Observer(site.latitudeDeg, site.longitudeDeg, site.elevationM)

/** When the Sun is below an altitude, in seconds from an instant, up to a day on. */
export const sunBelow = (site: Site, originMs: number, untilS: number, belowDeg: number): Interval[] => {
  const observer = observerOf(site)
  const depth = (atS: number) => belowDeg - altitudeDeg(Body.Sun, originMs + atS * 1000, observer)
  return crossings(depth, untilS, 1200)
}

export const nightSky = (site: Site, originMs: number, untilS: number): NightSky => {
  const known = new Map<number, readonly Interval[]>()
  return {
    originMs,
    untilS,
    rotation: rotationOf(originMs, untilS, site),
    apparent: apparentFrame(originMs + untilS * 500),
    moon: moonTrack(originMs, untilS, observerOf(site)),
    darkWhen: (sunBelowDeg) => {
      const dark = known.get(sunBelowDeg) ?? sunBelow(site, originMs, untilS, sunBelowDeg)
      known.set(sunBelowDeg, dark)
      return dark
    },
  }
}
