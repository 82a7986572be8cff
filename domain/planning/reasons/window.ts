import { longest, totalOf } from '../interval.ts'
import { instantAt, type Lack } from './context.ts'
import type { Reason } from './reason.ts'
import { clock, rounded, span } from './say.ts'

export const windowTooShort = ({ after, neededS }: Lack): Reason => {
  const longestS = rounded(longest(after))
  return {
    code: 'WINDOW_TOO_SHORT',
    figures: { longestS, neededS },
    text: `its longest window lasts ${span(longestS)}; it needs ${span(neededS)}`,
  }
}

export const windowPassed = ({ prepared, before, one }: Lack): Reason => {
  const lastStartS = (before.at(-1)?.[1] ?? 0) - one.candidate.durationS
  const figures = { lastStartAt: instantAt(prepared, lastStartS), now: instantAt(prepared, prepared.fromS) }
  return {
    code: 'WINDOW_PASSED',
    figures,
    text: `it had to start by ${clock(figures.lastStartAt)}; it is ${clock(figures.now)}`,
  }
}

export const outsideNight = ({ prepared, after, neededS }: Lack): Reason => {
  const overlapS = rounded(totalOf(after))
  const nightFrom = instantAt(prepared, 0)
  const nightUntil = instantAt(prepared, prepared.night.untilS)
  return {
    code: 'OUTSIDE_NIGHT',
    figures: { overlapS, neededS, nightFrom, nightUntil },
    text:
      `its windows share ${span(overlapS)} with the night ` +
      `(${clock(nightFrom)} to ${clock(nightUntil)}); it needs ${span(neededS)}`,
  }
}
