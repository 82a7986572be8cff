import { Body, Equator, Horizon, MakeTime, Observer, SiderealTime } from 'astronomy-engine'
import { apparentFrame } from '#domain/planning/sky/apparent.ts'
import type { Site } from '#domain/shared/site.ts'

const radians = Math.PI / 180

/** ICRS at epoch J2000. */
export type SkyPosition = { readonly raDeg: number; readonly decDeg: number }
/** Azimuth from north over east. Without refraction. */
export type Horizontal = { readonly altitudeDeg: number; readonly azimuthDeg: number }

/** Where a position of the sky stands at a site at an instant. */
export const horizontalOf = ({ raDeg, decDeg }: SkyPosition, atMs: number, site: Site): Horizontal => {
  const [x, y, z] = apparentFrame(atMs)({ raDeg, decDeg })
  const siderealDeg = SiderealTime(MakeTime(new Date(atMs))) * 15 + site.longitudeDeg
  const hourAngle = siderealDeg * radians - Math.atan2(y, x)
  const [sinLat, cosLat] = [Math.sin(site.latitudeDeg * radians), Math.cos(site.latitudeDeg * radians)]
  const cosDec = Math.hypot(x, y)
  const north = -cosDec * Math.cos(hourAngle) * sinLat + z * cosLat
  const east = -cosDec * Math.sin(hourAngle)
  const up = cosDec * Math.cos(hourAngle) * cosLat + z * sinLat
  const azimuthDeg = Math.atan2(east, north) / radians
  return {
    altitudeDeg: Math.asin(Math.max(-1, Math.min(1, up))) / radians,
    azimuthDeg: (azimuthDeg + 360) % 360,
  }
}

export const sunAt = (atMs: number, site: Site): Horizontal => {
  const date = new Date(atMs)
  const observer = new Observer(site.latitudeDeg, site.longitudeDeg, site.elevationM)
  const { ra, dec } = Equator(Body.Sun, date, observer, true, true)
  const { altitude, azimuth } = Horizon(date, observer, ra, dec)
  return { altitudeDeg: altitude, azimuthDeg: azimuth }
}

/** The angle between two directions. */
export const separationDeg = (a: Horizontal, b: Horizontal): number => {
  const [h1, h2] = [a.altitudeDeg * radians, b.altitudeDeg * radians]
  const cos =
    Math.sin(h1) * Math.sin(h2) +
    Math.cos(h1) * Math.cos(h2) * Math.cos((a.azimuthDeg - b.azimuthDeg) * radians)
  return Math.acos(Math.max(-1, Math.min(1, cos))) / radians
}
