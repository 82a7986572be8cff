import { phaseTimes } from '#domain/night/sun-phases.ts'
import { nightSpan } from '#domain/shared/noon.ts'
import type { Site } from '#domain/shared/site.ts'
import { epochMsOf, instantOf } from '#domain/shared/time.ts'
import { wallClock } from '#domain/shared/wall-clock.ts'

/** The night in which a scenario's moments are read. */
export type MomentGround = {
  readonly site: Site
  readonly night: string
  /** What a bare number of seconds counts from; null where it is not known yet. */
  readonly startsAtMs: number | null
}

const phaseMoment = /^([a-z][a-z-]*[a-z])\s*(?:([+-])\s*(\d+))?$/
const clockMoment = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/

const forms =
  'a moment is seconds from the start, "23:10" or "23:10:30" at the site, a phase as "observing+600", or an instant in UTC'

/** A moment that cannot be. */
export class MomentUnknown extends Error {}

/** When clocks at the site show a time in this night, from noon to noon. */
const atSite = (text: string, { site, night }: MomentGround): number => {
  const wanted = text.length === 5 ? `${text}:00` : text
  const { begins, ends } = nightSpan(night, site.timeZone)
  // By the minute and then exactly: a night may have a change of clocks in it.
  for (let ms = epochMsOf(begins); ms < epochMsOf(ends); ms += 60_000)
    if (wallClock(instantOf(ms), site.timeZone).slice(11, 16) === wanted.slice(0, 5))
      return ms + Number(wanted.slice(6)) * 1000
  throw new MomentUnknown(`the clocks at ${site.name} never show ${text} in the night of ${night}`)
}

const inPhase = (phase: string, offsetS: number, { site, night }: MomentGround): number => {
  const times = phaseTimes(site, night)
  const found = Object.entries(times).find(([name]) => name === phase)
  if (!found)
    throw new MomentUnknown(`there is no phase "${phase}" (allowed: ${Object.keys(times).join(', ')})`)
  const [, at] = found
  if (!at) throw new MomentUnknown(`the night of ${night} has no ${phase} at ${site.name}`)
  // Whole seconds, as everything else in a scenario.
  return Math.round(epochMsOf(at) / 1000) * 1000 + offsetS * 1000
}

/** Epoch milliseconds of a moment as a scenario has it; throws {@link MomentUnknown} with what would be right. */
export const momentMs = (moment: number | string, ground: MomentGround): number => {
  if (typeof moment === 'number') {
    if (ground.startsAtMs === null) throw new MomentUnknown(`${forms}; the start itself cannot be a number`)
    return ground.startsAtMs + moment * 1000
  }
  if (clockMoment.test(moment)) return atSite(moment, ground)
  const [, phase, sign, seconds = '0'] = phaseMoment.exec(moment) ?? []
  if (phase) return inPhase(phase, Number(seconds) * (sign === '-' ? -1 : 1), ground)
  const ms = /Z$/.test(moment) ? Date.parse(moment) : Number.NaN
  if (Number.isNaN(ms)) throw new MomentUnknown(`"${moment}" is no moment: ${forms}`)
  return ms
}
