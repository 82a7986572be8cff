import type { Group } from './compile.ts'

// Demand of one group never counts less than this share of its worth.
const least = 0.5

/** What the demand of a group that has used more than its share counts, from 0.5 to 1; never more than that of others. */
export const fairnessOf = ({ usedS, shareS }: Pick<Group, 'usedS' | 'shareS'>): number =>
  usedS === undefined || shareS === undefined
    ? 1
    : Math.min(1, Math.max(least, 1 - 0.5 * (usedS / shareS - 1)))
