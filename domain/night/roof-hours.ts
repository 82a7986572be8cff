import { Body, Equator, Horizon, Observer, SearchAltitude } from 'astronomy-engine'
import { nightSpan } from '#domain/shared/noon.ts'
import type { Site } from '#domain/shared/site.ts'
import { epochMsOf, type Instant } from '#domain/shared/time.ts'

/** Altitudes of the sun's centre, without refraction, below which the roof may open and above which it closes. */
export const roofAltitudes = { openBelowDeg: -4, closeAboveDeg: 0 } as const

export type RoofHours = { readonly from: Instant; readonly to: Instant }

const sunAltitude = (observer: Observer, at: Date): number => {
  const { ra, dec } = Equator(Body.Sun, at, observer, true, true)
  return Horizon(at, observer, ra, dec).altitude
}

/** When the sun lets the roof be open in a night, from evening to morning; null where it stays up. */
export const roofHours = (site: Site, night: string): RoofHours | null => {
  const { begins, ends } = nightSpan(night, site.timeZone)
  const observer = new Observer(site.latitudeDeg, site.longitudeDeg, site.elevationM)
  const noon = new Date(epochMsOf(begins))
  const { openBelowDeg, closeAboveDeg } = roofAltitudes
  const sinks = SearchAltitude(Body.Sun, observer, -1, noon, 1, openBelowDeg)
  const isDown = sunAltitude(observer, noon) < openBelowDeg
  if (!sinks && !isDown) return null
  const from = isDown ? begins : (sinks?.date.toISOString() ?? begins)
  const rises = SearchAltitude(Body.Sun, observer, 1, new Date(epochMsOf(from)), 1, closeAboveDeg)
  const risen = rises?.date.toISOString() ?? ends
  return from < ends ? { from, to: risen < ends ? risen : ends } : null
}
