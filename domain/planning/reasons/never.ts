import { askedFor, type Compiled, openWhen, type Prepared, windowsOf } from '../compile.ts'
import { type Interval, intersect, longest } from '../interval.ts'
import { secondsFrom } from '../night.ts'
import { type Cut, cuts } from '../visibility.ts'
import { tooLow } from './altitude.ts'
import { cadenceDone, cadenceNotDue } from './cadence.ts'
import type { Lack, SightedLack } from './context.ts'
import { domeClosed } from './dome-closed.ts'
import { moonTooBright, moonTooNear } from './moon.ts'
import { nightEmpty } from './night-empty.ts'
import type { Reason } from './reason.ts'
import { sunTooHigh } from './sun.ts'
import { behindHorizon, tooFarFromMeridian, tooNearZenith } from './way-over-the-sky.ts'
import { outsideNight, windowPassed, windowTooShort } from './window.ts'

const byCut: Record<Cut, (lack: SightedLack) => Reason> = {
  sun: sunTooHigh,
  altitude: tooLow,
  horizon: behindHorizon,
  'hour-angle': tooFarFromMeridian,
  zenith: tooNearZenith,
  'moon-separation': moonTooNear,
  'moon-illumination': moonTooBright,
}

/** Starts need whole seconds: a stretch a second too long by the clock may hold none. */
const holds = (stretches: readonly Interval[], neededS: number): boolean =>
  stretches.some(([from, until]) => Math.ceil(from) <= Math.floor(until - neededS))

/** Why a candidate may start at no time of this night: the first thing that leaves too little. */
export const neverReason = (one: Compiled, prepared: Prepared): Reason => {
  const { night, watch, fromS, input } = prepared
  // Before the night begins its start is not yet past.
  const nowS = input.from === undefined ? Number.NEGATIVE_INFINITY : secondsFrom(night, input.from)
  const { candidate, sighting } = one
  const neededS = candidate.durationS
  const lack = (before: readonly Interval[], after: readonly Interval[]): Lack => ({
    one,
    prepared,
    before,
    after,
    neededS,
  })
  if (night.empty) return nightEmpty(lack([], []))
  if (one.due.left === 0) return cadenceDone(lack([], []))
  const windows = windowsOf(candidate, night)
  const asked = askedFor(candidate, prepared)
  if (!holds(asked, neededS)) {
    // The set-up counts where it has to lie inside the window.
    const setupS = (asked[0]?.[0] ?? 0) - (windows[0]?.[0] ?? 0)
    return windowTooShort({ ...lack(windows, windows), neededS: neededS + setupS })
  }
  const future = intersect(asked, [[nowS, Number.POSITIVE_INFINITY]])
  const within = intersect(asked, [[0, night.untilS]])
  if (!holds(future, neededS)) return windowPassed(lack(asked, future))
  if (!holds(within, neededS)) return outsideNight(lack(asked, within))
  const ahead = intersect(within, [[fromS, night.untilS]])
  if (!holds(ahead, neededS)) return windowPassed(lack(within, ahead))
  const [dueFrom, dueUntil] = one.due.starts
  const due = intersect(ahead, [[dueFrom, dueUntil + neededS]])
  if (!holds(due, neededS)) return cadenceNotDue(lack(ahead, due))
  const open = intersect(due, openWhen(prepared))
  if (!holds(open, neededS)) return domeClosed(lack(due, open))
  if (!sighting) return windowTooShort(lack(due, open))
  let left = open
  for (const cut of cuts) {
    const after = watch.apply(cut, left, sighting, candidate.constraints)
    if (!holds(after, neededS)) return byCut[cut]({ ...lack(left, after), sighting })
    left = after
  }
  return windowTooShort({ ...lack(left, left), neededS: Math.max(neededS, longest(left)) })
}
