import type { Detector } from './sequence.ts'

export type Filter = {
  readonly name: string
  /** What else people and files call it. */
  readonly aliases: readonly string[]
}

/** What the telescope carries: its detectors and the filters of each. */
export type Instrument = {
  readonly name: string
  readonly detectors: readonly {
    readonly detector: Detector
    readonly name: string
    readonly aliases: readonly string[]
    readonly filters: readonly Filter[]
  }[]
}

const filter = (name: string, ...aliases: string[]): Filter => ({ name, aliases })

/** COLIBRI's: DDRAGO in the visible and CAGIRE in the infrared. PYROS's own names stand beside them. */
export const colibri: Instrument = {
  name: 'COLIBRI',
  detectors: [
    {
      detector: 'visible',
      name: 'DDRAGO',
      aliases: ['Visible camera', 'VIS'],
      filters: [
        filter('g', 'First visible filter', "g'"),
        filter('r', 'Second visible filter', "r'"),
        filter('i', 'Third visible filter', "i'"),
        filter('z', "z'"),
        filter('y'),
        filter('B'),
        filter('gri'),
      ],
    },
    {
      detector: 'infrared',
      name: 'CAGIRE',
      aliases: ['Infrared camera', 'NIR', 'Near infrared camera'],
      filters: [filter('J', 'First infrared filter'), filter('H', 'Second infrared filter')],
    },
  ],
}

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

const isCalled = (name: string, { name: own, aliases }: Filter): boolean =>
  // `g` and `G` may be two filters, a long name in other letters is the same.
  own === name.trim() || aliases.some((alias) => same(alias, name))

/** A filter by any of its names, with the detector it sits before; null when there is none. */
export const findFilter = (
  { detectors }: Instrument,
  name: string,
): { detector: Detector; filter: string } | null => {
  for (const { detector, filters } of detectors) {
    const found = filters.find((each) => isCalled(name, each))
    if (found) return { detector, filter: found.name }
  }
  return null
}

/** A detector by any of its names. */
export const findDetector = ({ detectors }: Instrument, called: string): Detector | null =>
  detectors.find(({ detector, name, aliases }) =>
    [detector, name, ...aliases].some((each) => same(each, called)),
  )?.detector ?? null

/** The names of a detector's filters. */
export const filtersOf = ({ detectors }: Instrument, wanted: Detector): string[] =>
  detectors.flatMap(({ detector, filters }) => (detector === wanted ? filters.map(({ name }) => name) : []))
