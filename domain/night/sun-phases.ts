import { Body, Equator, Horizon, Observer, SearchAltitude } from 'astronomy-engine'
import { nightSpan } from '../shared/noon.ts'
import type { Site } from '../shared/site.ts'
import { epochMsOf, type Instant, instantOf } from '../shared/time.ts'
import type { Phase } from './course-events.ts'

/** Phases that the Sun begins, in the order of a night. Calibrations begin when the roof is closed, the day after them. */
const begins = [
  // A moment after the Sun passes −4°, where the gate before the dome draws its line and would refuse what comes upon it.
  { phase: 'opening', sunDeg: -4.02, setting: true },
  { phase: 'evening-flats', sunDeg: -4.5, setting: true },
  { phase: 'focusing', sunDeg: -11, setting: true },
  { phase: 'observing', sunDeg: -12, setting: true },
  { phase: 'morning-flats', sunDeg: -10, setting: false },
  { phase: 'closing', sunDeg: 0, setting: false },
] as const satisfies readonly { phase: Phase; sunDeg: number; setting: boolean }[]

export const sunPhases: readonly Phase[] = begins.map(({ phase }) => phase)

export type PhaseTimes = Partial<Record<Phase, Instant | null>>

const observerOf = ({ latitudeDeg, longitudeDeg, elevationM }: Site): Observer =>
  new Observer(latitudeDeg, longitudeDeg, elevationM)

const searchDays = 1.05

/**
 * When each phase of a night begins, by the altitude of the Sun's centre without refraction; null for one that the Sun
 * leaves out, as on a polar night.
 */
export const phaseTimes = (site: Site, night: string): PhaseTimes => {
  const { begins: noon, ends } = nightSpan(night, site.timeZone)
  const observer = observerOf(site)
  return Object.fromEntries(
    begins.map(({ phase, sunDeg, setting }) => {
      const found = SearchAltitude(Body.Sun, observer, setting ? -1 : 1, new Date(noon), searchDays, sunDeg)
      const at = found ? instantOf(found.date.getTime()) : null
      return [phase, at !== null && at < ends ? at : null]
    }),
  )
}

/** Altitude of the Sun's centre in degrees, without refraction. */
export const sunAltitudeDeg = (site: Site, at: Instant): number => {
  const observer = observerOf(site)
  const date = new Date(epochMsOf(at))
  const { ra, dec } = Equator(Body.Sun, date, observer, true, true)
  return Horizon(date, observer, ra, dec).altitude
}
