import { type Interval, intersect } from '#domain/planning/interval.ts'
import { nightFor, secondsFrom, wholeNight } from '#domain/planning/night.ts'
import { visibleWhen, type Watch, watchOf } from '#domain/planning/visibility.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { addSeconds, epochMsOf, type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { AuthoredContent } from '../content.ts'
import type { Fault } from '../fault.ts'
import { type Stretch, stretchesFrom } from './windows.ts'

type Sequence = AuthoredContent['sequences'][number]
type Target = NonNullable<Sequence['target']>
type NightWatch = { readonly watch: Watch; readonly dark: Interval[]; seconds(instant: Instant): number }

type Nights = (night: string) => NightWatch

const made = (site: Site, night: string): NightWatch => {
  const sky = nightFor({ site, night })
  return {
    watch: watchOf(sky.sky),
    dark: wholeNight(sky),
    seconds: (instant: Instant) => secondsFrom(sky, instant),
  }
}

// A night takes 2.4 ms and is the same for every request; windows reach two years ahead.
const keptNights = 800
const kept = new WeakMap<Site, Map<string, NightWatch>>()

/** The nights of a site, ready to be asked about targets. */
const nightsAt = (site: Site): Nights => {
  const nights = kept.get(site) ?? new Map<string, NightWatch>()
  kept.set(site, nights)
  return (night) => {
    const watch = nights.get(night) ?? made(site, night)
    nights.set(night, watch)
    const [oldest] = nights.keys()
    if (nights.size > keptNights && oldest !== undefined) nights.delete(oldest)
    return watch
  }
}

const nightsIn = ({ from, until }: Stretch, { timeZone }: Site): string[] => {
  const first = epochMsOf(`${nightOf(from, timeZone)}T00:00:00.000Z`)
  const last = epochMsOf(`${nightOf(until, timeZone)}T00:00:00.000Z`)
  const days = Math.round((last - first) / 86_400_000)
  return Array.from({ length: days + 1 }, (_, i) =>
    addSeconds(`${nightOf(from, timeZone)}T00:00:00.000Z`, i * 86_400).slice(0, 10),
  )
}

// Every sixteenth night first: a target that has a season is found in it at once, and only one that has none costs a year.
const coarseStep = 16
const coarseFirst = (nights: readonly string[]): string[] => [
  ...nights.filter((_, i) => i % coarseStep === 0),
  ...nights.filter((_, i) => i % coarseStep !== 0),
]

/** The longest time in one night that a target can be exposed within a stretch, in seconds. */
const longestIn = (
  { watch, dark, seconds }: NightWatch,
  { constraints }: Sequence,
  target: Target,
  { from, until }: Stretch,
): number => {
  const within = intersect(dark, [[seconds(from), seconds(until)]])
  if (within.length === 0) return 0
  const times = visibleWhen(watch, within, watch.sighting(target), constraints)
  return Math.max(0, ...times.map(([starts, ends]) => ends - starts))
}

/** The highest a target culminates, in degrees; without refraction and proper motion. */
const highestDeg = ({ decDeg }: Target, { latitudeDeg }: Site): number => 90 - Math.abs(latitudeDeg - decDeg)

const neverAbove = (sequence: Sequence, target: Target, site: Site, watch: Watch): string | null => {
  const lowest = watch.lowestDeg(sequence.constraints)
  const highest = highestDeg(target, site)
  // Precession and refraction move it by less than a degree.
  if (highest + 1 >= lowest) return null
  return `at ${site.name} it culminates ${highest.toFixed(1)}° high, never above its limit of ${lowest.toFixed(1)}°`
}

const notVisible = (
  sequence: Sequence,
  target: Target,
  stretches: readonly Stretch[],
  site: Site,
  nightAt: Nights,
): string | null => {
  let longest = 0
  for (const stretch of stretches) {
    if (secondsBetween(stretch.from, stretch.until) < sequence.durationS) continue
    for (const night of coarseFirst(nightsIn(stretch, site))) {
      longest = Math.max(longest, longestIn(nightAt(night), sequence, target, stretch))
      if (longest >= sequence.durationS) return null
    }
  }
  const when = sequence.windows.length > 0 ? 'within its windows' : 'in the next year'
  return longest === 0
    ? `it is never in the dark within its limits ${when}: look at noctuary visibility, and widen the windows or the limits`
    : `${when} it is visible for ${Math.floor(longest)} s at a time at the most, and it lasts ${sequence.durationS} s`
}

/** Whether each target can be seen from the site, in its windows, for as long as its sequence lasts. */
export const visibilityFaults = ({ sequences }: AuthoredContent, site: Site, at: Instant): Fault[] => {
  const nightAt = nightsAt(site)
  return sequences.flatMap((sequence, i): Fault[] => {
    const { target } = sequence
    const stretches = stretchesFrom(sequence, at)
    const [first] = stretches
    if (!target || !first) return []
    const never = neverAbove(sequence, target, site, nightAt(nightOf(first.from, site.timeZone)).watch)
    if (never) return [{ code: 'NEVER_ABOVE_LIMIT', path: `sequences[${i}].target`, message: never }]
    const hidden = notVisible(sequence, target, stretches, site, nightAt)
    return hidden ? [{ code: 'NOT_VISIBLE', path: `sequences[${i}].windows`, message: hidden }] : []
  })
}
