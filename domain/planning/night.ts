import { epochMsOf, type Instant, instantOf } from '../shared/time.ts'
import type { PlanInput } from './input.ts'
import type { Interval } from './interval.ts'
import { type NightSky, nightSky, sunBelow } from './sky/night-sky.ts'

/** Plans are made for the time when the Sun is below it. */
const nightSunDeg = -12

const dayS = 86_400
const noonMs = ({ site, night }: Pick<PlanInput, 'site' | 'night'>): number =>
  epochMsOf(`${night}T12:00:00.000Z`) - (site.longitudeDeg / 360) * dayS * 1000

/** From the mean noon of the evening's date to the next: when it is dark, in milliseconds; null when it never is. */
const darkness = (input: Pick<PlanInput, 'site' | 'night'>): [number, number] | null => {
  const noon = noonMs(input)
  const dark = sunBelow(input.site, noon, dayS, nightSunDeg)
  const first = dark[0]
  const last = dark.at(-1)
  return first && last ? [noon + first[0] * 1000, noon + last[1] * 1000] : null
}

/** When the last of a night's darkness ends, to the second; null when it never is dark. */
export const darkEnd = (input: Pick<PlanInput, 'site' | 'night'>): Instant | null => {
  const dark = darkness(input)
  return dark ? instantOf(Math.floor(dark[1] / 1000) * 1000) : null
}

/** The stretch of time to plan: seconds are counted from its whole first second. */
export type Night = { readonly sky: NightSky; readonly untilS: number; readonly empty: boolean }

export const nightFor = (input: Pick<PlanInput, 'site' | 'night' | 'bounds'>): Night => {
  const given = input.bounds
  const dark = given ? ([epochMsOf(given.from), epochMsOf(given.until)] as const) : darkness(input)
  const [fromMs, untilMs] = dark ?? [noonMs(input) + dayS * 500, noonMs(input) + dayS * 500]
  const originMs = Math.ceil(fromMs / 1000) * 1000
  const untilS = Math.max(0, Math.floor((untilMs - originMs) / 1000))
  return { sky: nightSky(input.site, originMs, untilS), untilS, empty: dark === null }
}

export const secondsFrom = ({ sky }: Night, instant: string): number =>
  (epochMsOf(instant) - sky.originMs) / 1000

export const wholeNight = ({ untilS, empty }: Night): Interval[] => (empty ? [] : [[0, untilS]])
