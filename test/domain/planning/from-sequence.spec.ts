import { describe, expect, it } from 'vitest'
import { readPlanInput } from '#domain/planning/bad-input.ts'
import { candidateFrom } from '#domain/planning/from-sequence.ts'
import { candidateSchema } from '#domain/planning/input.ts'
import { plan } from '#domain/planning/plan.ts'
import { sequenceSchema } from '#domain/requests/sequence.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'

const sequence = sequenceSchema.parse({
  id: 'orion.1',
  name: 'M42',
  target: { name: 'M42', raDeg: 83.82, decDeg: -5.39, properMotion: { raMasYear: 1, decMasYear: 2 } },
  durationS: 900,
  priority: 20,
  tier: 'time-critical',
  windows: [{ from: '2026-12-13T05:00:00Z', until: null }],
  constraints: { maxAirmass: 1.8 },
  preferredAt: null,
  preferredToleranceS: 3600,
  cadence: { times: 3, minGapS: 3600, maxGapS: 7200 },
  minQuality: 0.5,
  albums: [
    {
      name: 'a',
      detector: 'visible',
      plans: [
        { name: 'p', filter: 'g', exposureS: 60, images: 5 },
        { name: 'q', filter: 'r', exposureS: 60, images: 10 },
      ],
    },
  ],
})

const of = { userId: 'ana', country: 'MX', programmeId: 'novae', submitted: 4, alert: false, alertLevel: 1 }

describe('a sequence of the log as a candidate', () => {
  it('keeps everything that the planner rests on', () => {
    const candidate = candidateFrom(sequence, { ...of, previousStarts: ['2026-12-12T05:00:00Z'] })
    expect(candidateSchema.parse({ ...candidate, target: { ra: 83.82, dec: -5.39 } })).toMatchObject({
      id: 'orion.1',
      submitted: 4,
      priority: 20,
      tier: 'time-critical',
      durationS: 900,
      windows: [{ from: '2026-12-13T05:00:00Z' }],
      constraints: { maxAirmass: 1.8, minAltitudeDeg: 30, minMoonSeparationDeg: 30 },
      cadence: { times: 3, minGapS: 3600, maxGapS: 7200 },
      previousStarts: ['2026-12-12T05:00:00Z'],
      user: 'ana',
      country: 'MX',
      programme: 'novae',
      filterIn: 'g',
      filterOut: 'r',
    })
    expect(candidate.target).toEqual({
      raDeg: 83.82,
      decDeg: -5.39,
      properMotion: { raMasYear: 1, decMasYear: 2 },
    })
  })

  it('can be planned as it is', () => {
    const input = readPlanInput({ site: sanPedroMartir, night: '2026-12-12', candidates: [] })
    const candidates = [
      candidateFrom({ ...sequence, cadence: null }, of),
      candidateFrom(
        { ...sequence, id: 'flat.1', cadence: null, target: null, albums: [] },
        { ...of, country: null },
      ),
    ]
    expect(
      plan({ ...input, candidates })
        .plan.placed.map(({ id }) => id)
        .toSorted(),
    ).toEqual(['flat.1', 'orion.1'])
  })
})
