import type { Site } from '#domain/shared/site.ts'
import type { RoofHours } from '../roof-hours.ts'
import { phaseTimes } from '../sun-phases.ts'

/** When it is dark enough to observe in a night, by the Sun; null where it never is, or always. */
export const darkHours = (site: Site, night: string): RoofHours | null => {
  const times = phaseTimes(site, night)
  const [from, to] = [times.observing, times['morning-flats']]
  return from && to && from < to ? { from, to } : null
}
