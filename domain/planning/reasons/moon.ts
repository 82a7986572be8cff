import { longest } from '../interval.ts'
import { degreesBetween } from '../sky/moon.ts'
import type { Lack, SightedLack } from './context.ts'
import type { Reason } from './reason.ts'
import { degrees, rounded, span } from './say.ts'

export const moonTooNear = ({ one, prepared, before, after, neededS, sighting }: SightedLack): Reason => {
  const { moon } = prepared.night.sky
  const separations = moon.directions
    .filter((_, i) => before.some(([from, until]) => i * moon.stepS >= from && i * moon.stepS <= until))
    .map((direction) => degreesBetween(direction, sighting.direction))
  const separationDeg = rounded(Math.min(180, ...separations))
  const limitDeg = one.candidate.constraints.minMoonSeparationDeg
  const illumination = rounded(moon.illumination, 2)
  const longestS = rounded(longest(after))
  return {
    code: 'MOON_TOO_NEAR',
    figures: { separationDeg, limitDeg, illumination, longestS, neededS },
    text:
      `the Moon (${Math.round(illumination * 100)} % lit) comes within ${degrees(separationDeg)}, ` +
      `less than ${degrees(limitDeg)}; ${span(longestS)} on end remain of the ${span(neededS)} it needs`,
  }
}

export const moonTooBright = ({ one, prepared, after, neededS }: Lack): Reason => {
  const illumination = rounded(prepared.night.sky.moon.illumination, 2)
  const limit = one.candidate.constraints.maxMoonIllumination ?? 1
  const longestS = rounded(longest(after))
  return {
    code: 'MOON_TOO_BRIGHT',
    figures: { illumination, limit, longestS, neededS },
    text:
      `the Moon is ${Math.round(illumination * 100)} % lit, more than ${Math.round(limit * 100)} %; ` +
      `it is down for ${span(longestS)} on end of the ${span(neededS)} it needs`,
  }
}
