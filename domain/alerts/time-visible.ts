import { constraintsSchema } from '#domain/planning/input.ts'
import { nightFor, secondsFrom, wholeNight } from '#domain/planning/night.ts'
import { visibleWhen, watchOf } from '#domain/planning/visibility.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { addSeconds, type Instant } from '#domain/shared/time.ts'
import type { SkyPoint } from './sky.ts'
import type { Strategy } from './strategy.ts'

const watched = (site: Site, name: string) => {
  const night = nightFor({ site, night: name })
  return { night, watch: watchOf(night.sky) }
}

// A night's sky takes 3 ms to make, and every alert of the night is asked against the same one.
const kept = 4
const nights = new Map<string, ReturnType<typeof watched>>()

const watchedNight = (site: Site, name: string): ReturnType<typeof watched> => {
  const key = `${site.latitudeDeg} ${site.longitudeDeg} ${site.elevationM} ${site.timeZone} ${name}`
  const known = nights.get(key) ?? watched(site, name)
  nights.delete(key)
  nights.set(key, known)
  for (const oldest of [...nights.keys()].slice(0, -kept)) nights.delete(oldest)
  return known
}

/** How many of the seconds for which a request would be valid its target may be observed in, by its own constraints. */
export const visibleSeconds = (
  site: Site,
  place: SkyPoint,
  at: Instant,
  ask: Strategy['request'],
): number => {
  const until = addSeconds(at, ask.validS)
  const constraints = constraintsSchema.parse(ask.constraints)
  const inNight = (name: string): number => {
    const { night, watch } = watchedNight(site, name)
    const [fromS, untilS] = [secondsFrom(night, at), secondsFrom(night, until)]
    const left = visibleWhen(watch, wholeNight(night), watch.sighting(place), constraints)
    const within = ([begins, ends]: readonly [number, number]): number =>
      Math.max(0, Math.min(ends, untilS) - Math.max(begins, fromS))
    return left.reduce((sum, interval) => sum + within(interval), 0)
  }
  const names = new Set([nightOf(at, site.timeZone), nightOf(until, site.timeZone)])
  return [...names].reduce((sum, name) => sum + inNight(name), 0)
}
