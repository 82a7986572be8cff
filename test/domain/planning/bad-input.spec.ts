import { describe, expect, it } from 'vitest'
import { InvalidPlanInput, readPlanInput } from '#domain/planning/bad-input.ts'
import { planInputOf } from '#domain/planning/request-file.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'

const sequence = { name: 's', durationS: 600, target: { ra: 10, dec: 20 } }
const file = (changed: Record<string, unknown>, request: Record<string, unknown> = {}) => ({
  requests: [{ name: 'r', ...request, sequences: [{ ...sequence, ...changed }] }],
})

const faults = (given: unknown): readonly string[] => {
  try {
    planInputOf(given, sanPedroMartir, '2026-12-12')
  } catch (error) {
    if (error instanceof InvalidPlanInput) return error.faults
    throw error
  }
  return []
}

const where = 'requests[0].sequences[0]'

describe('a file of requests', () => {
  it('gives candidates with all that a request says for its sequences', () => {
    const { candidates } = planInputOf(
      file(
        { constraints: { maxAirmass: 1.5 } },
        { priority: 7, user: 'ana', constraints: { minAltitudeDeg: 30 } },
      ),
      sanPedroMartir,
      '2026-12-12',
    )
    expect(candidates).toMatchObject([
      {
        id: 'r/s',
        priority: 7,
        user: 'ana',
        durationS: 600,
        constraints: { maxAirmass: 1.5, minAltitudeDeg: 30, maxSunAltitudeDeg: -12 },
      },
    ])
  })

  it('takes the duration from the longest album where none is given', () => {
    const album = (detector: string, images: number) => ({
      detector,
      plans: [
        { filter: 'r', exposureS: 30, images },
        { filter: 'i', exposureS: 5 },
      ],
    })
    const { candidates } = planInputOf(
      file({ durationS: undefined, albums: [album('visible', 2), album('infrared', 4)] }),
      sanPedroMartir,
      '2026-12-12',
    )
    expect(candidates[0]?.durationS).toBe(4 * 30 + 5 + 5 * 2 + 8)
  })

  it.each([
    [
      { windows: [{ from: '2026-12-13T08:00:00Z', until: '2026-12-13T07:00:00Z' }] },
      `${where}.windows[0]: the window is reversed: it ends at 2026-12-13T07:00:00Z, before it starts at 2026-12-13T08:00:00Z`,
    ],
    [{ durationS: -5 }, `${where}.durationS: a duration is a positive number of seconds`],
    [{ durationS: Number.NaN }, `${where}.durationS: Invalid input: expected number, received NaN`],
    [{ durationS: undefined }, `${where}.durationS: it has neither a durationS nor an album that gives one`],
    [
      { target: { ra: 'm31', dec: 0 } },
      `${where}.target.ra: "m31" is no right ascension: degrees from 0 to 360 as a number, or hours as text like "05:34:31.9"`,
    ],
    [
      { target: { ra: 0, dec: '+91:00:00' } },
      `${where}.target.dec: "+91:00:00" is no declination: degrees from -90 to 90 as a number, or text like "+22:00:52"`,
    ],
    [{ target: { ra: '01:60:00', dec: 0 } }, `${where}.target.ra: "01:60:00" is no right ascension: `],
    [{ target: undefined }, `${where}.target: `],
    [{ priority: 0 }, `${where}.priority: Too small: expected number to be >=1`],
    [{ preferredAt: 'soon' }, `${where}.preferredAt: not an instant in UTC like 2026-12-13T04:30:00Z`],
    [{ colour: 'red' }, `${where}: Unrecognized key: "colour"`],
  ])('is refused with what, where and what would be right: %j', (changed, message) =>
    expect(faults(file(changed))).toEqual([expect.stringContaining(message)]),
  )

  it('tells all its faults at once', () =>
    expect(faults(file({ durationS: 0, priority: 101 }))).toHaveLength(2))

  it('names both of two sequences with one name', () => {
    const { requests } = file({})
    expect(faults({ requests: [...requests, ...requests] })).toEqual([
      'requests[1].sequences[0].name: r/s is there already, at requests[0].sequences[0].name',
    ])
  })
})

describe('the input of a plan', () => {
  const given = { site: sanPedroMartir, night: '2026-12-12', candidates: [] }

  it.each([
    [{ night: '12/12/2026' }, 'night: a night is a date like 2026-12-12: the local date of its evening'],
    [
      { bounds: { from: '2026-12-13T08:00:00Z', until: '2026-12-13T07:00:00Z' } },
      'bounds: the night ends before it starts',
    ],
    [
      { closures: [{ from: '2026-12-13T08:00:00Z', until: '2026-12-13T08:00:00Z', why: 'rain' }] },
      'closures[0]: it ends before it starts',
    ],
    [{ quotas: [{ level: 'user', id: 'u', leftS: -1 }] }, 'quotas[0].leftS: '],
    [{ rules: { gridS: 0 } }, 'rules.gridS: '],
  ])('is refused with its path: %j', (changed, message) =>
    expect(() => readPlanInput({ ...given, ...changed })).toThrow(message),
  )
})
