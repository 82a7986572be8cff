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

type Size = { readonly count: number; readonly seed: number; readonly night?: string }

/** A night as busy as one likes: targets all over the sky, most of them five to twenty minutes long. */
export const randomNight = ({ count, seed, night = '2026-12-12' }: Size): PlanInputGiven => {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] ?? list[0] ?? fail()
  const users = Math.max(3, Math.floor(count / 8))
  const candidates = Array.from({ length: count }, (_, i) => ({
    id: `r${String(i).padStart(5, '0')}`,
    submitted: i,
    priority: 1 + Math.floor(100 * random() ** 0.7),
    durationS: Math.round(120 * 10 ** (1.4 * random())),
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
  }))
  const quotas = [
    ...programmes.map((id) => ({ level: 'programme' as const, id, leftS: 12_000 })),
    ...countries.map((id) => ({ level: 'country' as const, id, leftS: 18_000 })),
    ...Array.from({ length: users }, (_, i) => ({ level: 'user' as const, id: `u${i}`, leftS: 5000 })),
  ]
  return { site, night, candidates, quotas }
}

const fail = (): never => {
  throw new RangeError('nothing to pick from')
}
