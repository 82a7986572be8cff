import type { Position } from '#domain/shared/event.ts'

/** Whether a position lies behind another in the log; null is before the first event. */
export const isAfter = (position: Position | null, other: Position | null): boolean => {
  if (position === null) return false
  if (other === null || position.commit > other.commit) return true
  return position.commit === other.commit && position.prepare > other.prepare
}

export const samePosition = (one: Position | null, other: Position | null): boolean =>
  !isAfter(one, other) && !isAfter(other, one)
