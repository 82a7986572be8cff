import { addSeconds, epochMsOf, type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { AuthoredContent } from '../content.ts'
import type { Fault } from '../fault.ts'

type Sequence = AuthoredContent['sequences'][number]

export type Stretch = { readonly from: Instant; readonly until: Instant }

/** Requests are taken this far ahead, and an open window is looked at for as long: every target has had its season by then. */
const periodS = 366 * 86_400

const later = (a: Instant, b: Instant): Instant => (epochMsOf(a) > epochMsOf(b) ? a : b)
const earlier = (a: Instant, b: Instant): Instant => (epochMsOf(a) < epochMsOf(b) ? a : b)

const joined = (stretches: readonly Stretch[]): Stretch[] => {
  const all: Stretch[] = []
  for (const stretch of stretches.toSorted((a, b) => epochMsOf(a.from) - epochMsOf(b.from))) {
    const last = all.at(-1)
    if (last && epochMsOf(stretch.from) <= epochMsOf(last.until))
      all[all.length - 1] = { from: last.from, until: later(last.until, stretch.until) }
    else all.push(stretch)
  }
  return all
}

/** What is left at `at` of a sequence's windows, in order and disjoint, each for a year at the most; a year where it has none. */
export const stretchesFrom = ({ windows }: Sequence, at: Instant): Stretch[] => {
  const given = windows.length > 0 ? windows : [{ from: null, until: null }]
  const left = given.map((window) => {
    const from = later(window.from ?? at, at)
    return { from, until: earlier(window.until ?? addSeconds(from, periodS), addSeconds(from, periodS)) }
  })
  return joined(left.filter(({ from, until }) => secondsBetween(from, until) > 0))
}

const reversed = ({ windows }: Sequence, path: string): Fault[] =>
  windows.flatMap(({ from, until }, w) =>
    from && until && epochMsOf(from) >= epochMsOf(until)
      ? [
          {
            code: 'WINDOW_REVERSED',
            path: `${path}.windows[${w}]`,
            message: `it ends at ${until}, before it starts at ${from}`,
          },
        ]
      : [],
  )

const tooFar = ({ windows }: Sequence, at: Instant, path: string): Fault[] =>
  windows.flatMap(({ from }, w) =>
    from && secondsBetween(at, from) > periodS
      ? [
          {
            code: 'WINDOW_TOO_FAR',
            path: `${path}.windows[${w}]`,
            message: `it starts at ${from}; requests are taken for the next ${periodS / 86_400} days`,
          },
        ]
      : [],
  )

const longest = (stretches: readonly Stretch[]): number =>
  Math.max(0, ...stretches.map(({ from, until }) => secondsBetween(from, until)))

const faultsOf = (sequence: Sequence, at: Instant, path: string): Fault[] => {
  const wrong = [...reversed(sequence, path), ...tooFar(sequence, at, path)]
  if (wrong.length > 0) return wrong
  const left = stretchesFrom(sequence, at)
  if (left.length === 0) {
    const message = `its time is over: the last window ended at ${sequence.windows.at(-1)?.until}, and it is ${at}`
    return [{ code: 'WINDOW_PASSED', path: `${path}.windows`, message }]
  }
  if (longest(left) >= sequence.durationS) return []
  const message = `it lasts ${sequence.durationS} s, and the longest window has ${Math.floor(longest(left))} s left`
  return [{ code: 'WINDOW_TOO_SHORT', path: `${path}.windows`, message }]
}

/** Whether there is still time for each sequence. */
export const windowFaults = ({ sequences }: AuthoredContent, at: Instant): Fault[] =>
  sequences.flatMap((sequence, i) => faultsOf(sequence, at, `sequences[${i}]`))
