import { nightAfter, nightOf } from '../shared/night.ts'
import { nightSpan } from '../shared/noon.ts'
import type { Site } from '../shared/site.ts'
import type { Instant } from '../shared/time.ts'
import { darkEnd } from './night.ts'

/** Until when a night can be observed in: its dawn, or the noon after it where it never becomes dark. */
const endOf = (site: Site, night: string): Instant =>
  darkEnd({ site, night }) ?? nightSpan(night, site.timeZone).ends

type Coming = { readonly night: string; readonly until: Instant }

const ends = new WeakMap<Site, Map<string, Instant>>()

// Asked for at every event that a planner hears, and it takes a hundred positions of the Sun.
const knownEndOf = (site: Site, night: string): Instant => {
  const known = ends.get(site) ?? new Map<string, Instant>()
  ends.set(site, known)
  const end = known.get(night) ?? endOf(site, night)
  known.set(night, end)
  return end
}

/** The night to plan at an instant: the present one, or from its dawn on the next; `until` is when that changes. */
export const comingNight = (at: Instant, site: Site): Coming => {
  const today = nightOf(at, site.timeZone)
  const night = at < knownEndOf(site, today) ? today : nightAfter(today)
  return { night, until: knownEndOf(site, night) }
}
