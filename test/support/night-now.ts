import { SiderealTime } from 'astronomy-engine'
import { type Site, sanPedroMartir } from '#domain/shared/site.ts'

const hourMs = 3_600_000

/** The observatory moved along its parallel to where it is midnight, so that it may observe whenever it is tried. */
export const siteAtMidnight = (nowMs: number): Site => {
  const utcH = (nowMs % (24 * hourMs)) / hourMs
  const hours = utcH <= 12 ? -utcH : 24 - utcH
  const zone = Math.round(hours)
  return {
    ...sanPedroMartir,
    name: 'where it is midnight',
    longitudeDeg: Number((hours * 15).toFixed(4)),
    // The signs of these names are the other way round.
    timeZone: zone === 0 ? 'Etc/GMT' : `Etc/GMT${zone > 0 ? '-' : '+'}${Math.abs(zone)}`,
  }
}

/** The right ascension that stands so many degrees east of the meridian. */
export const raEastOfMeridian = ({ longitudeDeg }: Site, nowMs: number, eastDeg: number): number =>
  (SiderealTime(new Date(nowMs)) * 15 + longitudeDeg + eastDeg + 720) % 360
