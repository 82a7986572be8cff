import type { AuthoredContent } from '../content.ts'
import { exposuresLastS } from '../duration.ts'
import type { Fault } from '../fault.ts'
import { filtersOf, type Instrument } from '../instrument.ts'

type Sequence = AuthoredContent['sequences'][number]

/** Target types that need no sky. */
const withoutSky: ReadonlySet<string> = new Set(['test', 'calibration'])

const targetFaults = ({ target }: Sequence, targetType: string, path: string): Fault[] =>
  target || withoutSky.has(targetType.toLowerCase())
    ? []
    : [
        {
          code: 'TARGET_MISSING',
          path: `${path}.target`,
          message: `without coordinates there is nothing to point at; only requests of type ${[...withoutSky].join(' or ')} need none`,
        },
      ]

const lengthFaults = ({ albums, durationS }: Sequence, path: string): Fault[] => {
  const lastS = exposuresLastS(albums)
  if (lastS <= durationS) return []
  const message = `its exposures take ${lastS} s and it lasts ${durationS} s: shorten them or give it ${lastS} s`
  return [{ code: 'EXPOSURES_EXCEED_DURATION', path: `${path}.durationS`, message }]
}

const filterFaults = ({ albums }: Sequence, instrument: Instrument, path: string): Fault[] =>
  albums.flatMap(({ detector, plans }, a) => {
    const there = filtersOf(instrument, detector)
    return plans.flatMap(({ filter }, p) =>
      there.includes(filter)
        ? []
        : [
            {
              code: 'FILTER_NOT_ON_DETECTOR',
              path: `${path}.albums[${a}].plans[${p}].filter`,
              message: `the ${detector} detector has no filter ${JSON.stringify(filter)}, but ${there.join(', ')}`,
            },
          ],
    )
  })

/** Whether the instrument can take these exposures in the time that each sequence has. */
export const exposureFaults = ({ sequences, targetType }: AuthoredContent, instrument: Instrument): Fault[] =>
  sequences.flatMap((sequence, i) => {
    const path = `sequences[${i}]`
    return [
      ...targetFaults(sequence, targetType, path),
      ...lengthFaults(sequence, path),
      ...filterFaults(sequence, instrument, path),
    ]
  })
