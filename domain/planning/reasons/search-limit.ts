import type { FiguresOf, Reason } from './reason.ts'
import { clock } from './say.ts'

/** Honest: it should have been planned, and the search did not see it. */
export const searchLimit = (figures: FiguresOf<'SEARCH_LIMIT'>): Reason => ({
  code: 'SEARCH_LIMIT',
  figures,
  text: `planned at ${clock(figures.startAt)} it would add ${figures.scoreGain.toPrecision(3)} to the score; the search stopped before it was tried`,
})
