import { longest } from '../interval.ts'
import type { Lack } from './context.ts'
import type { Reason } from './reason.ts'
import { degrees, rounded, span } from './say.ts'

export const tooNearZenith = ({ one, after, neededS }: Lack): Reason => {
  const limitDeg = one.candidate.constraints.maxAltitudeDeg
  const longestS = rounded(longest(after))
  return {
    code: 'TOO_NEAR_ZENITH',
    figures: { limitDeg, longestS, neededS },
    text: `it passes above ${degrees(limitDeg)}, where the mount cannot follow; ${span(longestS)} on end remain of the ${span(neededS)} it needs`,
  }
}
