import { exposuresLastS } from '#domain/requests/duration.ts'
import type { Instrument } from '#domain/requests/instrument.ts'
import type { RequestFormGiven } from '#domain/requests/request-form.ts'
import type { Instant } from '#domain/shared/time.ts'
import { albumOf, type Notes } from './album.ts'
import { AttributeReader, at, childrenOf, type Place } from './attributes.ts'
import { coordinatesOf } from './coordinates.ts'
import { windowOf } from './window.ts'

type SequenceGiven = RequestFormGiven['sequences'][number]

export type Times = { readonly relative: boolean; readonly at: Instant }

const secondsInName = /\(\s*(\d+(?:\.\d+)?)\s*s(?:ec(?:ond)?s?)?\s*\)/i

const targetOf = (place: Place, read: AttributeReader, { warnings }: Notes): SequenceGiven['target'] => {
  const written = read.optional('target_coords') ?? ''
  const found = coordinatesOf(written)
  if (!found) {
    const right = 'two angles are wanted, like "83.633 22.014" or "05:34:31.9 +22:00:52"'
    const what = `${JSON.stringify(written)} is no place on the sky, so there is no target; ${right}`
    warnings.push(at(place, 'target_coords', 'COORDS_FORMAT', what))
  }
  return found
}

/** What it lasts: as written, or as long as its exposures where that is longer (P28). */
const durationOf = (
  place: Place,
  { name, durationS, albums }: { name: string; durationS: number; albums: SequenceGiven['albums'] },
  { warnings }: Notes,
): number => {
  const said = secondsInName.exec(name)?.[1]
  if (said !== undefined && Number(said) !== durationS) {
    const what = `its name says ${said} s, its duration ${durationS} s; the duration counts`
    warnings.push(at(place, 'duration', 'NAME_DURATION_MISMATCH', what))
  }
  const lastsS = exposuresLastS(
    (albums ?? []).map(({ plans }) => ({
      plans: plans.map(({ images = 1, ...plan }) => ({ ...plan, images })),
    })),
  )
  if (lastsS <= durationS) return durationS
  const what = `its exposures take ${lastsS} s and it has ${durationS} s; it is given ${lastsS} s`
  warnings.push(at(place, 'duration', 'PLAN_EXCEEDS_SEQUENCE', what))
  return lastsS
}

export const sequenceOf = (
  place: Place,
  instrument: Instrument,
  times: Times,
  notes: Notes,
): SequenceGiven => {
  const read = new AttributeReader(place, notes.faults)
  read.only(['duration', 'jd1', 'jd2', 'name', 'target_coords'], ['album'])
  const name = read.text('name')
  const durationS = read.number('duration', { required: true })
  const window = windowOf(read, times.relative, times.at)
  const target = targetOf(place, read, notes)
  const albums = childrenOf(place, 'album').map((album) => albumOf(album, instrument, notes))
  return {
    name,
    target,
    // A missing one is a fault already; a second faults no further.
    durationS: durationS === undefined ? 1 : durationOf(place, { name, durationS, albums }, notes),
    ...(window.from === undefined && window.until === undefined ? {} : { windows: [window] }),
    albums,
  }
}
