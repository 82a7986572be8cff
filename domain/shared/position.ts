import type { Position } from './event.ts'

/** Whether `a` stands before `b` in the log; null stands before everything. */
export const isBefore = (a: Position | null, b: Position): boolean =>
  a === null || (a.commit === b.commit ? a.prepare < b.prepare : a.commit < b.commit)
