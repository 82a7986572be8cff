import { longest } from '../interval.ts'
import type { Lack } from './context.ts'
import type { Reason } from './reason.ts'
import { degrees, rounded, span } from './say.ts'

export const sunTooHigh = ({ one, after, neededS }: Lack): Reason => {
  const limitDeg = one.candidate.constraints.maxSunAltitudeDeg
  const darkS = rounded(longest(after))
  return {
    code: 'SUN_TOO_HIGH',
    figures: { limitDeg, darkS, neededS },
    text: `the Sun is below ${degrees(limitDeg)} for ${span(darkS)} of its windows; it needs ${span(neededS)}`,
  }
}
