const radians = Math.PI / 180

type Direction = readonly [number, number, number]

/** A place as a unit vector. */
export const directionOf = (raDeg: number, decDeg: number): Direction => {
  const [ra, dec] = [raDeg * radians, decDeg * radians]
  return [Math.cos(dec) * Math.cos(ra), Math.cos(dec) * Math.sin(ra), Math.sin(dec)]
}

export type SkyPoint = { readonly raDeg: number; readonly decDeg: number }

/** The angle between two places; by the half chord, which is exact for small angles too. */
export const separationDeg = (a: SkyPoint, b: SkyPoint): number => {
  const [from, to] = [directionOf(a.raDeg, a.decDeg), directionOf(b.raDeg, b.decDeg)]
  const chord = Math.hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2])
  return (2 * Math.asin(Math.min(1, chord / 2))) / radians
}

// North galactic pole, J2000.
const galacticPole: SkyPoint = { raDeg: 192.85948, decDeg: 27.12825 }

export const galacticLatitudeDeg = (place: SkyPoint): number => 90 - separationDeg(place, galacticPole)

/** A place so many degrees to the east and north of another on the tangent plane (gnomonic projection). */
export const offsetBy = (centre: SkyPoint, eastDeg: number, northDeg: number): SkyPoint => {
  const [x, y, dec] = [eastDeg * radians, northDeg * radians, centre.decDeg * radians]
  const ahead = Math.cos(dec) - y * Math.sin(dec)
  const raDeg = centre.raDeg + Math.atan2(x, ahead) / radians
  const decDeg = Math.atan2(Math.sin(dec) + y * Math.cos(dec), Math.hypot(ahead, x)) / radians
  return { raDeg: ((raDeg % 360) + 360) % 360, decDeg }
}
