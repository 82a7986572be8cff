import type { Expectations } from '#simulators/night-expectations.ts'
import type { NightRecord } from './night-record.ts'
import type { RoofGuarded } from './roof-guard.ts'

/** One expectation held against the night. */
export type Judged = { readonly holds: boolean; readonly text: string }

type Night = RoofGuarded & Pick<NightRecord, 'events'> & { readonly closed: boolean }

const counted = (type: string, count: number, bounds: Expectations['events'][string]): Judged => {
  const { atLeast = 0, atMost = Number.POSITIVE_INFINITY } = bounds
  const wanted =
    atLeast === atMost
      ? `${atLeast}`
      : [
          ...(atLeast > 0 ? [`at least ${atLeast}`] : []),
          ...(Number.isFinite(atMost) ? [`at most ${atMost}`] : []),
        ].join(' and ')
  return { holds: atLeast <= count && count <= atMost, text: `${type}: ${count}, expected ${wanted}` }
}

/** Holds a night against what its scenario expects of it (W17). */
export const judgeNight = (expected: Expectations, night: Night): Judged[] => {
  const { unsafeOpenS, longestClosingS, closed } = night
  const { unsafeOpenSeconds, closedWithinS, endsClosed } = expected
  return [
    {
      holds: unsafeOpenS <= unsafeOpenSeconds,
      text: `the dome was open ${unsafeOpenS} s longer than closing may take under a bad verdict, expected at most ${unsafeOpenSeconds} s`,
    },
    ...(closedWithinS === undefined
      ? []
      : [
          {
            holds: longestClosingS <= closedWithinS,
            text: `closed ${longestClosingS} s after a bad verdict at the longest, expected within ${closedWithinS} s`,
          },
        ]),
    {
      holds: closed === endsClosed,
      text: `the dome is ${closed ? 'closed' : 'not closed'} at the end, expected ${endsClosed ? 'closed' : 'not closed'}`,
    },
    ...Object.entries(expected.events).map(([type, bounds]) =>
      counted(type, night.events.get(type) ?? 0, bounds),
    ),
  ]
}
