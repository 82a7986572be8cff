import type { Limit, Side, Threshold } from './limit-table.ts'
import type { Observation } from './quantities.ts'

/** What one sample alone says, before any delay. */
export type Moment = { readonly unsafe: boolean; readonly atOnce: boolean; readonly warn: boolean }

/** What the sample before said. */
export type Before = { readonly momentary: 'safe' | 'unsafe' | 'unknown'; readonly warned: boolean }

const warnFrom = 0.8
// A warning ends a little lower than it began: a wind that trembles about it must not flap.
const warnUntil = 0.75

export const meets = (value: number, { op, at }: Threshold): boolean => {
  switch (op) {
    case '>=':
      return value >= at
    case '>':
      return value > at
    case '<=':
      return value <= at
    case '<':
      return value < at
  }
}

const near = (value: number, { neutral, unsafe }: Side, fraction: number): boolean =>
  neutral !== undefined && (value - neutral) / (unsafe.at - neutral) >= fraction

export const sidesOf = ({ high, low }: Limit): Side[] => [high, low].filter((side) => side !== undefined)

/**
 * A Schmitt trigger: beyond a limit is unsafe, within all safe-again values is safe, and between the two it is what it was.
 * What was unknown is not safe until a sample proves it.
 */
export const momentOf = ({ value, hazard }: Observation, limit: Limit, before: Before): Moment => {
  const sides = typeof value === 'number' ? sidesOf(limit) : []
  const number = typeof value === 'number' ? value : 0
  const beyond = hazard || sides.some((side) => meets(number, side.unsafe))
  const within = !hazard && sides.every((side) => meets(number, side.safe))
  const fraction = before.warned ? warnUntil : warnFrom
  return {
    unsafe: beyond || (!within && before.momentary !== 'safe'),
    atOnce: sides.some(({ atOnce }) => atOnce !== undefined && meets(number, atOnce)),
    warn: sides.some((side) => near(number, side, fraction)),
  }
}
