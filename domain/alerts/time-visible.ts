import { constraintsSchema } from '#domain/planning/input.ts'
import { lookAt } from '#domain/planning/look.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { addSeconds, epochMsOf, type Instant } from '#domain/shared/time.ts'
import type { SkyPoint } from './sky.ts'
import type { Strategy } from './strategy.ts'

const dayS = 86_400

/** How many of the seconds for which a request would be valid its target may be observed in, by its own constraints. */
export const visibleSeconds = (
  site: Site,
  place: SkyPoint,
  at: Instant,
  ask: Strategy['request'],
): number => {
  const until = addSeconds(at, ask.validS)
  const constraints = constraintsSchema.parse(ask.constraints)
  // One moment of the look-up is enough: only its windows are asked for.
  const inNight = (night: string): number =>
    lookAt({ site, night }, place, constraints, dayS).windows.reduce(
      (sum, window) =>
        sum +
        Math.max(
          0,
          Math.min(epochMsOf(window.until), epochMsOf(until)) -
            Math.max(epochMsOf(window.from), epochMsOf(at)),
        ) /
          1000,
      0,
    )
  const nights = new Set([nightOf(at, site.timeZone), nightOf(until, site.timeZone)])
  return [...nights].reduce((sum, night) => sum + inNight(night), 0)
}
