import type { ErrorRadius } from './notice.ts'

/** What a mission means by a radius. */
export type RadiusMeaning = {
  readonly containment: number
  readonly systematicIncluded: boolean
  readonly systematicDeg: number
}

// Radii of a circular two-dimensional Gaussian: the share within r is 1 - exp(-r²/2σ²).
const perContainment = (containment: number): number => Math.sqrt(-Math.log(1 - containment))

/** A sent radius with its meaning, or null for the sentinels 0 and -1 and for what is no radius. */
export const errorRadiusOf = (radiusDeg: number | null, meaning: RadiusMeaning): ErrorRadius | null => {
  if (radiusDeg === null || radiusDeg <= 0 || radiusDeg > 180) return null
  const { containment, systematicIncluded } = meaning
  const addedSystematicDeg = systematicIncluded ? 0 : meaning.systematicDeg
  const whole = Math.hypot(radiusDeg, addedSystematicDeg)
  // A radius of 90 % stays the number that was sent.
  const r90Deg = containment === 0.9 ? whole : (whole * perContainment(0.9)) / perContainment(containment)
  return { radiusDeg, containment, systematicIncluded, addedSystematicDeg, r90Deg: Math.min(r90Deg, 180) }
}

export const statistical90: RadiusMeaning = { containment: 0.9, systematicIncluded: false, systematicDeg: 0 }
export const whole90: RadiusMeaning = { containment: 0.9, systematicIncluded: true, systematicDeg: 0 }
/** Nobody said what it means: taken for one sigma, the meaning that makes it largest. */
export const unknownMeaning: RadiusMeaning = {
  containment: 0.68,
  systematicIncluded: false,
  systematicDeg: 0,
}
