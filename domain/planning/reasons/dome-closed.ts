import { longest, totalOf } from '../interval.ts'
import type { Lack } from './context.ts'
import type { Reason } from './reason.ts'
import { rounded, span } from './say.ts'

export const domeClosed = ({ prepared, before, after, neededS }: Lack): Reason => {
  const closedS = rounded(totalOf(before) - totalOf(after))
  const why = prepared.input.closures.map((closure) => closure.why).join(', ')
  return {
    code: 'DOME_CLOSED',
    figures: { closedS, longestS: rounded(longest(after)), neededS, why },
    text: `the dome is closed (${why}) for ${span(closedS)} of its windows; ${span(longest(after))} on end remain of the ${span(neededS)} it needs`,
  }
}
