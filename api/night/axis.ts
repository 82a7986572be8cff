import { epochMsOf, type Instant } from '#domain/shared/time.ts'

const minuteMs = 60_000
const tickMinutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240] as const

/** A stretch of time drawn from left to right. */
export type Axis = {
  readonly fromMs: number
  readonly toMs: number
  readonly left: number
  readonly width: number
}

export const axis = (from: Instant, to: Instant, left: number, width: number): Axis => ({
  fromMs: epochMsOf(from),
  toMs: epochMsOf(to),
  left,
  width,
})

/** Where an instant is; one beyond an end is at that end. */
export const xOf = ({ fromMs, toMs, left, width }: Axis, ms: number): number => {
  const part = (ms - fromMs) / (toMs - fromMs)
  return Math.round((left + Math.min(1, Math.max(0, part)) * width) * 10) / 10
}

/** Whole minutes or hours of UTC, about `wanted` of them. */
export const ticks = ({ fromMs, toMs }: Axis, wanted: number): number[] => {
  const stepMs =
    (tickMinutes.find((minutes) => (toMs - fromMs) / (minutes * minuteMs) <= wanted) ?? 360) * minuteMs
  const first = Math.ceil(fromMs / stepMs) * stepMs
  return Array.from({ length: Math.floor((toMs - first) / stepMs) + 1 }, (_, i) => first + i * stepMs)
}

/** Round numbers around some values, for a scale of them. */
export const roundScale = (least: number, greatest: number): readonly [number, number] => {
  const spread = greatest - least || Math.abs(greatest) || 1
  const step = 10 ** Math.floor(Math.log10(spread)) / 2
  return [Math.floor(least / step) * step, Math.ceil(greatest / step) * step]
}
