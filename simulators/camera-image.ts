import type { Exposure } from '#domain/devices/camera.ts'
import { horizontalOf, sunAt } from '#domain/devices/pointing.ts'
import { fitsFile } from '#domain/images/fits.ts'
import type { Card } from '#domain/images/fits-header.ts'
import { type Wcs, wcsCards } from '#domain/images/projection.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { type Detector, exposed } from './exposure.ts'

export type Circumstances = {
  readonly exposure: Exposure
  readonly startedMs: number
  readonly filter: string
  readonly temperatureC: number
  readonly instrument: string
  readonly site: Site
}

const unixEpochMjd = 40_587

const timeCards = ({ startedMs, exposure: { exposureS } }: Circumstances): Card[] => [
  { keyword: 'DATE-OBS', value: instantOf(startedMs).slice(0, -1), comment: 'UTC, start of the exposure' },
  { keyword: 'TIMESYS', value: 'UTC' },
  { keyword: 'MJD-OBS', value: unixEpochMjd + startedMs / 86_400_000, comment: 'd, start of the exposure' },
  { keyword: 'EXPTIME', value: exposureS, comment: 's' },
]

const siteCards = ({ name, latitudeDeg, longitudeDeg, elevationM }: Site): Card[] => [
  { keyword: 'OBSERVAT', value: name },
  { keyword: 'SITELAT', value: latitudeDeg, comment: 'deg, north' },
  { keyword: 'SITELONG', value: longitudeDeg, comment: 'deg, east' },
  { keyword: 'SITEELEV', value: elevationM, comment: 'm' },
]

/** At the middle of the exposure. Secant of the zenith angle: enough above 30°. */
const skyCards = ({ exposure, startedMs, site }: Circumstances): Card[] => {
  if (!exposure.pointing) return []
  const at = horizontalOf(exposure.pointing, startedMs + exposure.exposureS * 500, site)
  const airmass = 1 / Math.sin(Math.max(1, at.altitudeDeg) * (Math.PI / 180))
  return [
    { keyword: 'RA', value: exposure.pointing.raDeg, comment: 'deg, ICRS' },
    { keyword: 'DEC', value: exposure.pointing.decDeg, comment: 'deg, ICRS' },
    { keyword: 'ALTITUDE', value: at.altitudeDeg, comment: 'deg, middle of the exposure' },
    { keyword: 'AZIMUTH', value: at.azimuthDeg, comment: 'deg, from north over east' },
    { keyword: 'AIRMASS', value: airmass },
  ]
}

export type ExposedImage = {
  /** The file that the exposure leaves. */
  readonly file: Uint8Array
  /** Mean of all pixels. */
  readonly levelCounts: number
}

/** What comes of a simulated exposure. */
export const exposedImage = (circumstances: Circumstances, detector: Detector): ExposedImage => {
  const { exposure, startedMs, filter, temperatureC, instrument, site } = circumstances
  const { size, scaleDeg } = detector
  const centre = (size + 1) / 2
  const wcs: Wcs | null =
    exposure.frame === 'light' && exposure.pointing
      ? { ...exposure.pointing, scaleDeg, centreX: centre, centreY: centre }
      : null
  const cards: Card[] = [
    ...timeCards(circumstances),
    { keyword: 'IMAGETYP', value: exposure.frame },
    { keyword: 'OBJECT', value: exposure.object },
    { keyword: 'IMAGEID', value: exposure.imageId },
    { keyword: 'FILTER', value: filter },
    { keyword: 'TELESCOP', value: 'Noctuary simulator' },
    { keyword: 'INSTRUME', value: instrument },
    { keyword: 'CCD-TEMP', value: temperatureC, comment: 'deg C' },
    { keyword: 'GAIN', value: 1, comment: 'electrons a count' },
    ...siteCards(site),
    ...skyCards(circumstances),
    ...(wcs ? wcsCards(wcs) : []),
  ]
  const pixels = exposed(exposure, detector, wcs, sunAt(startedMs, site).altitudeDeg)
  let sum = 0
  for (let at = 0; at < pixels.length; at++) sum += pixels[at] ?? 0
  const levelCounts = sum / pixels.length
  return { file: fitsFile({ width: size, height: size, pixels, cards }), levelCounts }
}
