import { errorRadiusOf, type RadiusMeaning } from './error-radius.ts'
import type { SentPlace } from './missions/voevent.ts'
import type { NoticeFlag, Place } from './notice.ts'
import { numberIn } from './sent-values.ts'

type PlaceRead = { readonly place: Place | null; readonly flags: readonly NoticeFlag[] }

const where = 'WhereWhen.Position2D'
const none: PlaceRead = { place: null, flags: [] }

const refused = (code: string, detail: string): PlaceRead => ({
  place: null,
  flags: [{ code, path: where, detail }],
})

const inDegrees = /^\s*deg(\s+deg)?\s*$/i

/** Numbers as a place: degrees in range, or none; the sentinels of voevent.md §2 are none. */
export const placeAt = (
  raDeg: number,
  decDeg: number,
  radiusDeg: number | null,
  meaning: RadiusMeaning,
): PlaceRead => {
  if (raDeg === -1 && decDeg === -1) return none
  // Nobody places a source at exactly 0, 0 without an error, or with one of the whole sky: it means "not known".
  if (raDeg === 0 && decDeg === 0 && (radiusDeg === null || radiusDeg <= 0 || radiusDeg >= 180)) return none
  if (raDeg < 0 || raDeg > 360 || Math.abs(decDeg) > 90)
    return refused('position_out_of_range', `RA ${raDeg}, Dec ${decDeg} is no place on the sky`)
  const error = errorRadiusOf(radiusDeg, meaning)
  const flags =
    error || radiusDeg === null || radiusDeg === 0
      ? []
      : [{ code: 'radius_unknown', path: where, detail: `radius ${radiusDeg} means that it is not known` }]
  return { place: { raDeg: raDeg % 360, decDeg, error }, flags }
}

/** What a VOEvent sent as a place, read strictly: half a number is no number. */
export const placeFrom = (sent: SentPlace, meaning: RadiusMeaning): PlaceRead => {
  if (sent.ra === null && sent.dec === null) return none
  const [raDeg, decDeg, radiusDeg] = [numberIn(sent.ra), numberIn(sent.dec), numberIn(sent.radius)]
  if (raDeg === null || decDeg === null)
    return refused('position_not_a_number', `${JSON.stringify(sent.ra)}, ${JSON.stringify(sent.dec)}`)
  if (!inDegrees.test(sent.unit ?? ''))
    return refused('position_unit', `the unit is ${JSON.stringify(sent.unit)}, not degrees`)
  const read = placeAt(raDeg, decDeg, radiusDeg, meaning)
  const unread = sent.radius !== null && sent.radius.trim() !== '' && radiusDeg === null
  if (!unread) return read
  const flag = { code: 'radius_not_a_number', path: where, detail: JSON.stringify(sent.radius) }
  return { place: read.place, flags: [...read.flags, flag] }
}
