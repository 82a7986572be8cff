import { BaryState, Body, C_AUDAY, MakeTime, RotateVector, Rotation_EQJ_EQD, Vector } from 'astronomy-engine'
import type { Direction } from '../search/task.ts'
import type { Target } from '../target.ts'

const radians = Math.PI / 180
const msPerYear = 365.25 * 86_400_000
const j2000Ms = Date.UTC(2000, 0, 1, 12)

/** From ICRS coordinates to where a target is seen: proper motion, aberration, precession and nutation. */
export type Apparent = (target: Target) => Direction

const moved = ({ raDeg, decDeg, properMotion }: Target, years: number): [number, number] => {
  if (!properMotion) return [raDeg * radians, decDeg * radians]
  const masToDeg = years / 3_600_000
  const dec = decDeg + properMotion.decMasYear * masToDeg
  // The catalogue's motion in right ascension is along the circle, cos(declination) included.
  const ra = raDeg + (properMotion.raMasYear * masToDeg) / Math.max(1e-6, Math.cos(decDeg * radians))
  return [ra * radians, dec * radians]
}

/** One matrix and one velocity serve a whole night: what that neglects is below an arc second. */
export const apparentFrame = (atMs: number): Apparent => {
  const time = MakeTime(new Date(atMs))
  const toDate = Rotation_EQJ_EQD(time)
  const earth = BaryState(Body.Earth, time)
  const years = (atMs - j2000Ms) / msPerYear
  return (target) => {
    const [ra, dec] = moved(target, years)
    const x = Math.cos(dec) * Math.cos(ra) + earth.vx / C_AUDAY
    const y = Math.cos(dec) * Math.sin(ra) + earth.vy / C_AUDAY
    const z = Math.sin(dec) + earth.vz / C_AUDAY
    const length = Math.hypot(x, y, z)
    const seen = RotateVector(toDate, new Vector(x / length, y / length, z / length, time))
    return [seen.x, seen.y, seen.z]
  }
}
