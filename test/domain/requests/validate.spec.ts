import { describe, expect, it } from 'vitest'
import { faultsOf } from '#domain/requests/validation/validate.ts'
import {
  authored,
  type formGiven,
  known,
  observatory,
  sequenceGiven,
  submissionAt,
} from '#test/support/requests.ts'

type Form = Parameters<typeof formGiven>[0]

const faults = (changed: Form, standing: Parameters<typeof faultsOf>[2] = known): string[] =>
  faultsOf(authored(changed), observatory, standing, submissionAt).map(
    ({ code, path, message }) => `${code} ${path}: ${message}`,
  )

const one = (changed: Parameters<typeof sequenceGiven>[0]): Form => ({ sequences: [sequenceGiven(changed)] })
const album = (detector: 'visible' | 'infrared', filter: string) => [
  { detector, plans: [{ filter, exposureS: 60, images: 10 }] },
]

describe('a request is asked of this observatory', () => {
  it('in vain for nothing, where it is good', () => expect(faults({})).toEqual([]))

  it.each([
    [
      one({ target: { ra: 201, dec: -63 } }),
      'NEVER_ABOVE_LIMIT sequences[0].target: at OSM-Mexico it culminates -4.0° high, never above its limit of 30.0°',
    ],
    [
      one({ constraints: { minAltitudeDeg: 85 } }),
      'NEVER_ABOVE_LIMIT sequences[0].target: at OSM-Mexico it culminates 81.0° high',
    ],
    [
      // The Crab is behind the Sun in June.
      one({ windows: [{ from: '2027-06-05T00:00:00Z', until: '2027-06-25T00:00:00Z' }] }),
      'NOT_VISIBLE sequences[0].windows: it is never in the dark within its limits within its windows',
    ],
    [one({ durationS: 50_000 }), 'NOT_VISIBLE sequences[0].windows: in the next year it is visible for '],
    [
      one({ windows: [{ until: '2026-11-20T00:00:00Z' }] }),
      'WINDOW_PASSED sequences[0].windows: its time is over: the last window ended at 2026-11-20T00:00:00Z',
    ],
    [
      one({ windows: [{ from: '2026-11-21T06:00:00Z', until: '2026-11-21T06:05:00Z' }] }),
      'WINDOW_TOO_SHORT sequences[0].windows: it lasts 660 s, and the longest window has 300 s left',
    ],
    [
      one({ windows: [{ from: '2999-01-01T00:00:00Z' }] }),
      'WINDOW_TOO_FAR sequences[0].windows[0]: it starts at 2999-01-01T00:00:00Z; requests are taken for the next 366 days',
    ],
    [one({ target: null }), 'TARGET_MISSING sequences[0].target: without coordinates'],
    [one({ durationS: 100 }), 'EXPOSURES_EXCEED_DURATION sequences[0].durationS: its exposures take 600 s'],
    [
      one({ albums: album('visible', 'J') }),
      'FILTER_NOT_ON_DETECTOR sequences[0].albums[0].plans[0].filter: the visible detector has no filter "J", but g, r, i',
    ],
    [
      one({ priority: 10 }),
      'PRIORITY_ABOVE_LEVEL sequences[0].priority: priority 10 is better than a user of level 0',
    ],
  ])('and is told what is wrong with it: %#', (changed, message) => {
    const all = faults(changed)
    expect(all).toHaveLength(1)
    expect(all[0]).toContain(message)
  })

  it('with a window that is over beside one that is not, in good time', () =>
    expect(
      faults(
        one({
          windows: [
            { until: '2026-11-20T00:00:00Z' },
            { from: '2026-11-21T06:00:00Z', until: '2026-11-21T13:00:00Z' },
          ],
        }),
      ),
    ).toEqual([]))

  it('for a target whose season is months away, while its windows are open', () => {
    expect(faults(one({ target: { ra: '17:45:40', dec: '+10:00:00' } }))).toEqual([])
    expect(
      faults(
        one({ target: { ra: '17:45:40', dec: '+10:00:00' }, windows: [{ until: '2026-11-22T00:00:00Z' }] }),
      ),
    ).toEqual([expect.stringContaining('NOT_VISIBLE')])
  })

  it('by a test without a target', () =>
    expect(faults({ targetType: 'Test', ...one({ target: null }) })).toEqual([]))

  it('by people it knows, for programmes that are open', () => {
    expect(faults({}, { user: null, programme: null })).toEqual([
      'USER_UNKNOWN user: nobody is registered as "ana"; POST /api/users registers',
      'PROGRAMME_UNKNOWN programme: there is no programme "snr"; POST /api/programmes opens one',
    ])
    expect(faults({}, { ...known, programme: { open: false } })).toEqual([
      'PROGRAMME_CLOSED programme: the programme "snr" is closed',
    ])
    expect(faults(one({ priority: 10 }), { ...known, user: { level: 3, country: null } })).toEqual([])
  })
})
