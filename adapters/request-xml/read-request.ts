import { type Fault, schemaFaults } from '#domain/requests/fault.ts'
import type { Instrument } from '#domain/requests/instrument.ts'
import { type RequestForm, requestFormSchema } from '#domain/requests/request-form.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { Notes } from './album.ts'
import { AttributeReader, at, childrenOf, type Place } from './attributes.ts'
import { type Element, readXml } from './read-xml.ts'
import { sequenceOf } from './sequence.ts'

/** A request as PYROS writes it, or every fault with its line. */
export type RequestXml =
  | {
      readonly form: RequestForm
      readonly submitted: boolean
      /** Its times are seconds from its submission and were resolved as of now. */
      readonly relative: boolean
      readonly warnings: readonly Fault[]
    }
  | { readonly faults: readonly Fault[] }

type Options = {
  readonly instrument: Instrument
  /** Now: what relative times count from. */
  readonly at: Instant
  /** What is only odd is a fault, too. */
  readonly strict: boolean
}

// The form's words in PYROS's.
const attributes: Readonly<Record<string, string>> = {
  durationS: 'duration',
  exposureS: 'duration',
  images: 'nb_images',
  programme: 'scientific_program',
  targetType: 'target_type',
  target: 'target_coords',
}
const elements: Readonly<Record<string, string>> = { sequences: 'sequence', albums: 'album', plans: 'plan' }

/** A complaint about the form as one about the file it was read from. */
const inTheFile = (root: Place, { code, path, message }: Fault): Fault => {
  let place = root
  for (const [, key = '', index = '0'] of path.matchAll(/(\w+)\[(\d+)\]/g)) {
    const child = childrenOf(place, elements[key] ?? key)[Number(index)]
    if (child) place = child
  }
  const last = /(\w+)$/.exec(path)?.[1]
  return at(place, last === undefined ? null : (attributes[last] ?? last), code, message)
}

/** A programme's id has lower-case letters, digits and dashes; PYROS's `GRB` is `grb`. */
const programmeIdOf = (called: string): string => called.toLowerCase().replace(/[^a-z0-9]+/g, '-')

const read = (root: Place, { instrument, at: now, strict }: Options): RequestXml => {
  const notes: Notes = { faults: [], warnings: [] }
  const reader = new AttributeReader(root, notes.faults)
  reader.only(['submitted', 'relative', 'name', 'scientific_program', 'target_type'], ['sequence'])
  const submitted = reader.flag('submitted')
  const relative = reader.flag('relative')
  const targetType = reader.optional('target_type')
  const given = {
    name: reader.text('name'),
    programme: programmeIdOf(reader.text('scientific_program')),
    ...(targetType ? { targetType } : {}),
    sequences: childrenOf(root, 'sequence').map((place) =>
      sequenceOf(place, instrument, { relative, at: now }, notes),
    ),
  }
  const { faults, warnings } = notes
  const wrong = strict ? [...faults, ...warnings] : faults
  if (wrong.length > 0) return { faults: wrong }
  const form = requestFormSchema.safeParse(given)
  return form.success
    ? { form: form.data, submitted, relative, warnings }
    : { faults: schemaFaults(form.error).map((fault) => inTheFile(root, fault)) }
}

/** Reads PYROS's XML (P25 to P28, P30); throws `XmlRefused` for what is not read at all. */
export const readRequestXml = (bytes: Uint8Array, options: Options): RequestXml => {
  const element: Element = readXml(bytes)
  const root = { element, path: `/${element.name}` }
  if (element.name === 'request') return read(root, options)
  return { faults: [at(root, null, 'UNKNOWN_ELEMENT', `the root is ${element.name}; it must be request`)] }
}
