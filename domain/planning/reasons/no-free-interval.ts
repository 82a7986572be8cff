import type { FiguresOf, Reason } from './reason.ts'
import { clock, span } from './say.ts'

const list = (ids: readonly string[]): string =>
  `${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ` and ${ids.length - 3} more` : ''}`

const forced = ({
  startAt,
  displaces,
  outrankedBy,
  scoreDifference,
}: FiguresOf<'NO_FREE_INTERVAL'>): string => {
  if (startAt === null || scoreDifference === null)
    return `and what is in its way cannot be moved${outrankedBy.length > 0 ? `: ${list(outrankedBy)}` : ''}`
  const what = displaces.length === 0 ? 'moving others' : `instead of ${list(displaces)}`
  return `at ${clock(startAt)}, ${what}, the plan would score ${Math.abs(scoreDifference).toPrecision(3)} less`
}

/** It fits in no gap, and what it would push out is worth more. */
export const noFreeInterval = (figures: FiguresOf<'NO_FREE_INTERVAL'>): Reason => ({
  code: 'NO_FREE_INTERVAL',
  figures,
  text: `no gap is long enough: ${span(figures.longestFreeS)} of the ${span(figures.neededS)} it needs; ${forced(figures)}`,
})

/** The same, for what was in the plan before. */
export const displaced = (figures: FiguresOf<'DISPLACED'>): Reason => ({
  code: 'DISPLACED',
  figures,
  text: `it was planned for ${clock(figures.wasAt)} and gave way; ${forced(figures)}`,
})
