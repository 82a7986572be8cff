import type { PlanInputGiven } from '#domain/planning/input.ts'
import { seeded } from '#domain/planning/search/random.ts'

const site = {
  id: 'spm',
  name: 'San Pedro Mártir',
  latitudeDeg: 31.0442,
  longitudeDeg: -115.4637,
  elevationM: 2800,
  timeZone: 'America/Tijuana',
}

const programmes = ['survey', 'supernovae', 'exoplanets', 'tiles', 'calibration']
const countries = ['FR', 'MX', 'US']

type Size = {
  readonly count: number
  readonly seed: number
  readonly night?: string
  /** Tiers, cadences, hour angles, a horizon, a closure and unfair shares too. */
  readonly rich?: boolean
  /** Most a few minutes long, quotas of a third: where searches are the weakest. */
  readonly tight?: boolean
}

const skyline = [0, 60, 120, 180, 240, 300].map((azimuthDeg, i) => ({
  azimuthDeg,
  altitudeDeg: [35, 20, 28, 10, 40, 25][i] ?? 0,
}))

/** A night as busy as one likes: targets all over the sky, most of them five to twenty minutes long. */
export const randomNight = ({
  count,
  seed,
  night = '2026-12-12',
  rich = false,
  tight = false,
}: Size): PlanInputGiven => {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] ?? list[0] ?? fail()
  const users = Math.max(3, Math.floor(count / 8))
  const richer = () => ({
    tier: pick(['time-critical', 'normal', 'normal', 'filler'] as const),
    ...(random() < 0.3 ? { cadence: cadence() } : {}),
    ...(random() < 0.2 ? { previousStarts: [`${night}T${10 + Math.floor(random() * 10)}:00:00Z`] } : {}),
  })
  const cadence = () => {
    const minGapS = 600 + Math.floor(7200 * random())
    return { times: 2 + Math.floor(3 * random()), minGapS, maxGapS: minGapS + Math.floor(3600 * random()) }
  }
  const candidates = Array.from({ length: count }, (_, i) => ({
    id: `r${String(i).padStart(5, '0')}`,
    submitted: i,
    priority: 1 + Math.floor(100 * random() ** 0.7),
    durationS: Math.round(tight ? 90 * 10 ** (0.8 * random()) : 120 * 10 ** (1.4 * random())),
    target: { ra: 360 * random(), dec: (Math.asin(2 * random() - 1) * 180) / Math.PI },
    constraints: {
      minAltitudeDeg: 25,
      maxAirmass: pick([1.5, 2, 2.5]),
      minMoonSeparationDeg: pick([10, 20, 30]),
      maxSunAltitudeDeg: pick([-12, -15, -18]),
    },
    user: `u${Math.floor(random() * users)}`,
    country: pick(countries),
    programme: pick(programmes),
    filterIn: pick(['g', 'r', 'i']),
    filterOut: pick(['g', 'r', 'i']),
    ...(rich ? richer() : {}),
  }))
  const share = tight ? 0.35 : 1
  const used = () => (rich ? { usedS: Math.round(20_000 * random()), shareS: 8000 } : {})
  const quotas = [
    ...programmes.map((id) => ({ level: 'programme' as const, id, leftS: 12_000 * share, ...used() })),
    ...countries.map((id) => ({ level: 'country' as const, id, leftS: 18_000 * share })),
    ...Array.from({ length: users }, (_, i) => ({ level: 'user' as const, id: `u${i}`, leftS: 5000 })),
  ]
  const closed = {
    from: `${night}T22:00:00Z`,
    until: new Date(Date.parse(`${night}T00:00:00Z`) + (28 + 2 * random()) * 3_600_000).toISOString(),
    why: 'wind',
  }
  return { site, night, candidates, quotas, ...(rich ? { horizon: skyline, closures: [closed] } : {}) }
}

const fail = (): never => {
  throw new RangeError('nothing to pick from')
}
