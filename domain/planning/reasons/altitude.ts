import { type Interval, longest } from '../interval.ts'
import { culminationS, sineAt } from '../sky/altitude.ts'
import { instantAt, type SightedLack } from './context.ts'
import type { Reason } from './reason.ts'
import { clock, degrees, rounded, span } from './say.ts'

const toDegrees = (sine: number): number => (Math.asin(Math.max(-1, Math.min(1, sine))) * 180) / Math.PI

const highest = ({
  before,
  prepared,
  sighting,
}: SightedLack): { readonly deg: number; readonly atS: number } => {
  const { rotation } = prepared.night.sky
  const moments = before.flatMap(([from, until]: Interval) => {
    const top = culminationS(sighting.wave, (from + until) / 2, rotation)
    return [from, until, ...(top > from && top < until ? [top] : [])]
  })
  return moments
    .map((atS) => ({ deg: toDegrees(sineAt(sighting.wave, atS, rotation)), atS }))
    .reduce((best, one) => (one.deg > best.deg ? one : best), { deg: -90, atS: 0 })
}

/** Never high enough, and by how much; or high enough, but not for long enough. */
export const tooLow = (lack: SightedLack): Reason => {
  const { one, prepared, after, neededS, sighting } = lack
  const { constraints } = one.candidate
  const limitDeg = rounded(prepared.watch.lowestDeg(constraints), 2)
  const top = highest(lack)
  const highestDeg = rounded(top.deg, 2)
  const limit =
    constraints.maxAirmass !== undefined && limitDeg > constraints.minAltitudeDeg
      ? `${degrees(limitDeg)} (airmass ${constraints.maxAirmass})`
      : degrees(limitDeg)
  const longestS = rounded(longest(after))
  if (longestS > 0)
    return {
      code: 'ABOVE_TOO_SHORTLY',
      figures: { longestS, neededS, limitDeg, highestDeg },
      text: `it is above ${limit} for ${span(longestS)} of its dark time; it needs ${span(neededS)}`,
    }
  const shortByDeg = rounded(limitDeg - top.deg, 2)
  const { wave } = sighting
  const everDeg = rounded(toDegrees(wave.level + Math.hypot(wave.cos, wave.sin)), 2)
  const figures = {
    highestDeg,
    highestAt: instantAt(prepared, top.atS),
    limitDeg,
    shortByDeg,
    maxAirmass: constraints.maxAirmass ?? null,
    everDeg,
  }
  const ever = everDeg < limitDeg ? `; it never gets above ${degrees(everDeg)} from this site` : ''
  return {
    code: 'BELOW_LIMIT',
    figures,
    text: `its highest is ${degrees(highestDeg)} at ${clock(figures.highestAt)}, ${degrees(shortByDeg)} short of ${limit}${ever}`,
  }
}
