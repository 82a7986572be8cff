import { epochMsOf, type Instant } from '#domain/shared/time.ts'
import type { DeviceReading } from './readings.ts'
import { samplesOf } from './samples.ts'

/** A gust is the highest wind of so many seconds. */
export const gustWindowS = 300

export type Gust = { readonly at: Instant; readonly speedMs: number }

/**
 * The winds of the window that can still be its maximum: each later one is lower. So a calm night keeps a few numbers,
 * and the window is the same wherever in the log it was begun.
 */
export const withWind = (
  gusts: readonly Gust[],
  speedMs: number | undefined,
  at: Instant,
): readonly Gust[] => {
  const from = epochMsOf(at) - gustWindowS * 1000
  const inWindow = gusts.filter((gust) => epochMsOf(gust.at) > from)
  if (speedMs === undefined) return inWindow
  return [...inWindow.filter((gust) => gust.speedMs > speedMs), { at, speedMs }]
}

/** The highest usable wind of one reading. */
export const windOf = (devices: readonly DeviceReading[]): number | undefined => {
  let highest: number | undefined
  for (const { sensor, measured } of samplesOf(devices).samples)
    if (sensor.measure === 'windSpeed' && typeof measured === 'number')
      highest = Math.max(highest ?? 0, measured)
  return highest
}
