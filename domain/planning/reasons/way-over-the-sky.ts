import { longest } from '../interval.ts'
import type { Lack, SightedLack } from './context.ts'
import type { Reason } from './reason.ts'
import { degrees, rounded, span } from './say.ts'

export const behindHorizon = ({ prepared, after, neededS }: SightedLack): Reason => {
  const longestS = rounded(longest(after))
  const highestDeg = rounded(Math.max(...prepared.input.horizon.map(({ altitudeDeg }) => altitudeDeg)))
  return {
    code: 'BEHIND_HORIZON',
    figures: { longestS, neededS, highestDeg },
    text: `what stands around the telescope (up to ${degrees(highestDeg)}) leaves it ${span(longestS)} on end of the ${span(neededS)} it needs`,
  }
}

export const tooFarFromMeridian = ({ one, after, neededS }: SightedLack): Reason => {
  const limitH = one.candidate.constraints.maxHourAngleH ?? 12
  const longestS = rounded(longest(after))
  return {
    code: 'HOUR_ANGLE',
    figures: { limitH, longestS, neededS },
    text: `within ${limitH} h of the meridian it stays for ${span(longestS)} of its time; it needs ${span(neededS)}`,
  }
}

export const tooNearZenith = ({ one, after, neededS }: Lack): Reason => {
  const limitDeg = one.candidate.constraints.maxAltitudeDeg
  const longestS = rounded(longest(after))
  return {
    code: 'TOO_NEAR_ZENITH',
    figures: { limitDeg, longestS, neededS },
    text: `it passes above ${degrees(limitDeg)}, where the mount cannot follow; ${span(longestS)} on end remain of the ${span(neededS)} it needs`,
  }
}
