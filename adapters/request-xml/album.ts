import type { Fault } from '#domain/requests/fault.ts'
import { findDetector, findFilter, type Instrument } from '#domain/requests/instrument.ts'
import type { RequestFormGiven } from '#domain/requests/request-form.ts'
import type { Detector } from '#domain/requests/sequence.ts'
import { AttributeReader, at, childrenOf, type Place } from './attributes.ts'

type AlbumGiven = NonNullable<RequestFormGiven['sequences'][number]['albums']>[number]

/** What reading adds to. */
export type Notes = { readonly faults: Fault[]; readonly warnings: Fault[] }

const planOf = (place: Place, instrument: Instrument, { faults }: Notes) => {
  const read = new AttributeReader(place, faults)
  read.only(['duration', 'filter', 'name', 'nb_images'], [])
  const called = read.text('filter')
  const found = findFilter(instrument, called)
  const name = read.optional('name')
  const plan = {
    ...(name ? { name } : {}),
    filter: found?.filter ?? called,
    exposureS: read.number('duration', { required: true }) ?? 1,
    images: read.number('nb_images', { required: true }) ?? 1,
  }
  return { plan, on: found?.detector ?? null, called }
}

/** The detector that all the filters sit before, where that is another than the one that is written; else null. */
const betterDetector = (written: Detector, plans: readonly { on: Detector | null }[]): Detector | null => {
  const [first, ...others] = new Set(plans.map(({ on }) => on))
  return first && first !== written && others.length === 0 ? first : null
}

/** An album. A filter says what light is wanted, so where they contradict the filters decide on the detector (P28). */
export const albumOf = (place: Place, instrument: Instrument, notes: Notes): AlbumGiven => {
  const read = new AttributeReader(place, notes.faults)
  read.only(['detector', 'name'], ['plan'])
  const called = read.text('detector')
  const written = findDetector(instrument, called)
  if (called && !written) {
    const known = instrument.detectors.flatMap(({ name, aliases }) => [name, ...aliases])
    read.fault('detector', 'DETECTOR_UNKNOWN', `there is no ${called}, but ${known.join(', ')}`)
  }
  const plans = childrenOf(place, 'plan').map((plan) => planOf(plan, instrument, notes))
  if (plans.length === 0) read.fault(null, 'ELEMENT_MISSING', 'album needs at least one plan')
  const better = betterDetector(written ?? 'visible', plans)
  if (written && better) {
    const filters = [...new Set(plans.map(({ called: filter }) => filter))].join(', ')
    const what = `${called} has no ${filters}; taken with the ${better} detector, which has`
    notes.warnings.push(at(place, 'detector', 'FILTER_DETECTOR_MISMATCH', what))
  }
  const name = read.optional('name')
  return {
    ...(name ? { name } : {}),
    detector: better ?? written ?? 'visible',
    plans: plans.map(({ plan }) => plan),
  }
}
