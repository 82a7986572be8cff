import type { SafetyState } from '#domain/environment/events.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import type { RoofHours } from '../roof-hours.ts'
import type { Hours, Shutter } from './course-schema.ts'

/** What holds from one event to the next. */
export type Held = {
  readonly shutter: Shutter
  readonly observing: boolean
  readonly suspended: boolean
  readonly verdict: SafetyState | null
}

type Sum = Exclude<keyof Hours, 'dark'>

const nothing = (): Record<Sum, number> => ({
  openS: 0,
  observingS: 0,
  suspendedS: 0,
  darkOpenS: 0,
  darkObservingS: 0,
  darkSuspendedS: 0,
  idleS: 0,
  exposedS: 0,
})

const isBad = (verdict: SafetyState | null): boolean => verdict === 'unsafe' || verdict === 'unknown'

const notClosed = (shutter: Shutter): boolean => shutter === 'open' || shutter === 'moving'

type Interval = { readonly fromMs: number; readonly toMs: number }

const inside = (interval: Interval | null, { fromMs, toMs }: Interval): number =>
  interval ? Math.max(0, Math.min(toMs, interval.toMs) - Math.max(fromMs, interval.fromMs)) / 1000 : 0

const intervalOf = (hours: RoofHours | null): Interval | null =>
  hours && { fromMs: epochMsOf(hours.from), toMs: epochMsOf(hours.to) }

/** How long the night was dark, open, observed, suspended and idle: sums of what held between events. */
export class HoursSpent {
  readonly #dark: RoofHours | null
  readonly #sunDown: Interval | null
  readonly #sums = nothing()
  #lastMs: number | null = null
  #sunDownOpenS = 0

  constructor(dark: RoofHours | null, sunDown: RoofHours | null) {
    this.#dark = dark
    this.#sunDown = intervalOf(sunDown)
  }

  /** What held since the last call held until now. */
  pass(toMs: number, held: Held): void {
    const fromMs = this.#lastMs ?? toMs
    this.#lastMs = Math.max(fromMs, toMs)
    if (toMs <= fromMs) return
    const stretch = { fromMs, toMs }
    this.#sum(held, (toMs - fromMs) / 1000, inside(intervalOf(this.#dark), stretch))
    if (held.shutter === 'open') this.#sunDownOpenS += inside(this.#sunDown, stretch)
  }

  #sum({ shutter, observing, suspended, verdict }: Held, s: number, darkS: number): void {
    const sums = this.#sums
    if (shutter === 'open') {
      sums.openS += s
      sums.darkOpenS += darkS
      if (!observing && !suspended) sums.idleS += darkS
    }
    if (observing) {
      sums.observingS += s
      sums.darkObservingS += darkS
    }
    if (suspended) {
      sums.suspendedS += s
      sums.darkSuspendedS += darkS
    }
    if (notClosed(shutter) && isBad(verdict)) sums.exposedS += s
  }

  /** The roof wide open with the Sun down, in seconds. */
  get sunDownOpenS(): number {
    return tenths(this.#sunDownOpenS)
  }

  hours(asOfMs: number): Hours {
    const interval = intervalOf(this.#dark)
    const passedS = interval ? Math.max(0, Math.min(asOfMs, interval.toMs) - interval.fromMs) / 1000 : 0
    const { openS, observingS, suspendedS, darkOpenS, darkObservingS, darkSuspendedS, idleS, exposedS } =
      this.#sums
    return {
      dark: this.#dark && { ...this.#dark, passedS: tenths(passedS) },
      openS: tenths(openS),
      observingS: tenths(observingS),
      suspendedS: tenths(suspendedS),
      darkOpenS: tenths(darkOpenS),
      darkObservingS: tenths(darkObservingS),
      darkSuspendedS: tenths(darkSuspendedS),
      idleS: tenths(idleS),
      exposedS: tenths(exposedS),
    }
  }
}

const tenths = (s: number): number => Math.round(s * 10) / 10
