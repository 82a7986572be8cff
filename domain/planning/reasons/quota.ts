import type { Group } from '../compile.ts'
import type { Reason } from './reason.ts'
import { rounded, span } from './say.ts'

const codes = { user: 'QUOTA_USER', country: 'QUOTA_COUNTRY', programme: 'QUOTA_PROGRAMME' } as const

/** A quota has too little left: for it alone, or with what the plan gives to others of the group. */
export const quotaExceeded = (
  { level, id, leftS }: Group,
  plannedS: number,
  neededS: number,
  otherwisePlanned: boolean,
): Reason => ({
  code: codes[level],
  figures: { level, of: id, leftS: rounded(leftS), plannedS: rounded(plannedS), neededS, otherwisePlanned },
  text:
    `${level} ${id} has ${span(Math.max(0, leftS - plannedS))} of quota left` +
    `${plannedS > 0 ? ` after ${span(plannedS)} of this plan` : ''}; it needs ${span(neededS)}`,
})
