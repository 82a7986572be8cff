/** Where things stand over the horizon, to the tenth of a degree that a drawing shows. The planner has its own, exact ones. */

const degrees = 180 / Math.PI
const radians = Math.PI / 180

const wrapped = (deg: number): number => ((deg % 360) + 360) % 360

/** Days since 2000 January 1, 12 h. */
const daysOf = (epochMs: number): number => epochMs / 86_400_000 - 10_957.5

/**
 * Local sidereal time as an angle, degrees; longitude east in degrees. Mean sidereal time at Greenwich as the
 * Astronomical Almanac gives it (page B8), whose last terms do not matter here.
 */
export const siderealDeg = (epochMs: number, longitudeDeg: number): number =>
  wrapped(280.46062 + 360.985647366 * daysOf(epochMs) + longitudeDeg)

export type Equatorial = { readonly raDeg: number; readonly decDeg: number }
/** Azimuth from north through east. */
export type Horizontal = { readonly altitudeDeg: number; readonly azimuthDeg: number }
export type Place = { readonly latitudeDeg: number; readonly longitudeDeg: number }

/** Precession and refraction left out: a third of a degree by 2026, and half of one at the horizon. */
export const horizontalOf = (
  { raDeg, decDeg }: Equatorial,
  { latitudeDeg, longitudeDeg }: Place,
  epochMs: number,
): Horizontal => {
  const hourAngle = (siderealDeg(epochMs, longitudeDeg) - raDeg) * radians
  const [latitude, declination] = [latitudeDeg * radians, decDeg * radians]
  const sine =
    Math.sin(latitude) * Math.sin(declination) +
    Math.cos(latitude) * Math.cos(declination) * Math.cos(hourAngle)
  const east = -Math.cos(declination) * Math.sin(hourAngle)
  const north =
    Math.cos(latitude) * Math.sin(declination) -
    Math.sin(latitude) * Math.cos(declination) * Math.cos(hourAngle)
  return {
    altitudeDeg: Math.asin(Math.max(-1, Math.min(1, sine))) * degrees,
    azimuthDeg: wrapped(Math.atan2(east, north) * degrees),
  }
}

const equatorialOf = (longitudeDeg: number, latitudeDeg: number, epochMs: number): Equatorial => {
  const obliquity = (23.439 - 0.0000004 * daysOf(epochMs)) * radians
  const [l, b] = [longitudeDeg * radians, latitudeDeg * radians]
  const x = Math.cos(b) * Math.cos(l)
  const y = Math.cos(obliquity) * Math.cos(b) * Math.sin(l) - Math.sin(obliquity) * Math.sin(b)
  const z = Math.sin(obliquity) * Math.cos(b) * Math.sin(l) + Math.cos(obliquity) * Math.sin(b)
  return { raDeg: wrapped(Math.atan2(y, x) * degrees), decDeg: Math.asin(z) * degrees }
}

/** The Moon from the Earth's centre, to 0.3°: the Astronomical Almanac's low-precision formulas (page D22). */
export const moonOf = (epochMs: number): Equatorial => {
  const t = daysOf(epochMs) / 36_525
  const sine = (deg: number) => Math.sin(deg * radians)
  const longitude =
    218.32 +
    481_267.881 * t +
    6.29 * sine(135 + 477_198.87 * t) -
    1.27 * sine(259.3 - 413_335.36 * t) +
    0.66 * sine(235.7 + 890_534.22 * t) +
    0.21 * sine(269.9 + 954_397.74 * t) -
    0.19 * sine(357.5 + 35_999.05 * t) -
    0.11 * sine(186.5 + 966_404.03 * t)
  const latitude =
    5.13 * sine(93.3 + 483_202.02 * t) +
    0.28 * sine(228.2 + 960_400.89 * t) -
    0.28 * sine(318.3 + 6003.15 * t) -
    0.17 * sine(217.6 - 407_332.21 * t)
  return equatorialOf(longitude, latitude, epochMs)
}

/** The Sun, to 0.01°: the Astronomical Almanac's low-precision formulas (page C5). */
export const sunOf = (epochMs: number): Equatorial => {
  const days = daysOf(epochMs)
  const anomaly = (357.528 + 0.9856003 * days) * radians
  const longitude = 280.46 + 0.9856474 * days + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)
  return equatorialOf(longitude, 0, epochMs)
}

/** How much of the Moon is lit, 0 to 1, from how far it stands from the Sun. */
export const moonLit = (epochMs: number): number => {
  const [moon, sun] = [moonOf(epochMs), sunOf(epochMs)]
  const cosine =
    Math.sin(moon.decDeg * radians) * Math.sin(sun.decDeg * radians) +
    Math.cos(moon.decDeg * radians) *
      Math.cos(sun.decDeg * radians) *
      Math.cos((moon.raDeg - sun.raDeg) * radians)
  return (1 - cosine) / 2
}

/** On a unit disc with the zenith in its middle: north up and east left, as one who lies on the back sees it. */
export const onDisc = ({ altitudeDeg, azimuthDeg }: Horizontal): { x: number; y: number } => {
  const r = (90 - altitudeDeg) / 90
  return { x: -r * Math.sin(azimuthDeg * radians), y: -r * Math.cos(azimuthDeg * radians) }
}
