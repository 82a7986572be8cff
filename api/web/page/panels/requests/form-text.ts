/** The form as it is typed; empty means not said. */
export type FormText = {
  readonly name: string
  readonly programme: string
  readonly ra: string
  readonly dec: string
  readonly detector: string
  readonly filter: string
  readonly exposureS: string
  readonly images: string
  readonly minAltitudeDeg: string
  readonly maxAirmass: string
  readonly minMoonSeparationDeg: string
  readonly priority: string
  /** An instant: after it nobody wants it any more. */
  readonly notAfter: string
}

export const emptyForm: FormText = {
  name: '',
  programme: 'demo',
  ra: '',
  dec: '',
  detector: 'visible',
  filter: 'r',
  exposureS: '60',
  images: '10',
  minAltitudeDeg: '',
  maxAirmass: '',
  minMoonSeparationDeg: '',
  priority: '',
  notAfter: '',
}

/** A number where one was typed; what is no number stays as it was typed, for the API to say what is wrong with it. */
const said = (text: string): number | string | undefined => {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  const number = Number(trimmed)
  return Number.isFinite(number) ? number : trimmed
}

const constraintsOf = ({ minAltitudeDeg, maxAirmass, minMoonSeparationDeg }: FormText) => ({
  minAltitudeDeg: said(minAltitudeDeg),
  maxAirmass: said(maxAirmass),
  minMoonSeparationDeg: said(minMoonSeparationDeg),
})

/** The request as the API takes it. */
export const requestOf = (form: FormText) => ({
  name: form.name,
  programme: form.programme.trim() || undefined,
  priority: said(form.priority),
  ...(form.notAfter.trim() === '' ? {} : { windows: [{ until: form.notAfter.trim() }] }),
  sequences: [
    {
      name: form.name,
      target: { name: form.name, ra: said(form.ra) ?? '', dec: said(form.dec) ?? '' },
      constraints: constraintsOf(form),
      albums: [
        {
          detector: form.detector,
          plans: [{ filter: form.filter, exposureS: said(form.exposureS), images: said(form.images) }],
        },
      ],
    },
  ],
})

/** Where to ask how the target stands; null until there is a target. */
export const visibilityUrl = ({
  ra,
  dec,
  minAltitudeDeg,
  maxAirmass,
  minMoonSeparationDeg,
}: FormText): string | null => {
  if (ra.trim() === '' || dec.trim() === '') return null
  const query = new URLSearchParams({ ra: ra.trim(), dec: dec.trim(), every: '600' })
  if (minAltitudeDeg.trim()) query.set('minAltitude', minAltitudeDeg.trim())
  if (maxAirmass.trim()) query.set('maxAirmass', maxAirmass.trim())
  if (minMoonSeparationDeg.trim()) query.set('moonSeparation', minMoonSeparationDeg.trim())
  return `/api/visibility?${query}`
}
