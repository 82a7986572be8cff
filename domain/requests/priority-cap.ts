import { usualPriority } from './request-form.ts'

/** The best priority that a user of a level, from 0 up, may ask for; 1 is the best there is. */
const bestByLevel = [usualPriority, 30, 15, 5, 1] as const

/** The best priority for a user of this level; levels beyond the last are as the last. */
export const bestPriorityOf = (level: number): number => bestByLevel[level] ?? 1
