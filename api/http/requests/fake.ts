import type { Writing } from '#commands/requests/request-desk.ts'
import { comingNight } from '#domain/planning/coming-night.ts'
import { lookAt } from '#domain/planning/look.ts'
import { requestFormSchema } from '#domain/requests/request-form.ts'
import type { Site } from '#domain/shared/site.ts'
import { addSeconds, epochMsOf, type Instant } from '#domain/shared/time.ts'

/** Bright, well-known and spread in right ascension, so that one of them is up at any hour of any night. */
const targets = [
  { name: 'M31', ra: 10.685, dec: 41.269 },
  { name: 'M33', ra: 23.462, dec: 30.66 },
  { name: 'M1', ra: 83.633, dec: 22.014 },
  { name: 'M35', ra: 92.272, dec: 24.336 },
  { name: 'M44', ra: 130.1, dec: 19.67 },
  { name: 'M81', ra: 148.888, dec: 69.065 },
  { name: 'M51', ra: 202.47, dec: 47.195 },
  { name: 'M3', ra: 205.548, dec: 28.377 },
  { name: 'M13', ra: 250.423, dec: 36.461 },
  { name: 'M57', ra: 283.396, dec: 33.029 },
  { name: 'M15', ra: 322.493, dec: 12.167 },
]

const durationS = 120

/** How long a target can still be seen tonight from `at` on, in seconds. */
const leftTonight = (site: Site, at: Instant, { ra, dec }: (typeof targets)[number]): number =>
  lookAt({ site, night: comingNight(at, site).night }, { raDeg: ra, decDeg: dec }).windows.reduce(
    (left, { from, until }) =>
      left + Math.max(0, epochMsOf(until) - Math.max(epochMsOf(from), epochMsOf(at))) / 1000,
    0,
  )

/** PYROS's "fake request" (P29): two minutes on whatever can be seen longest of what is left of this night. */
export const fakeRequest = (site: Site, at: Instant): Writing => {
  const [best] = targets
    .map((target) => ({ target, leftS: leftTonight(site, at, target) }))
    .toSorted((a, b) => b.leftS - a.leftS)
  const until = addSeconds(at, 86_400)
  const form = requestFormSchema.parse({
    name: `fake request of ${at.slice(0, 19)}Z`,
    programme: 'fake',
    targetType: 'fake',
    // Where nothing is left of this night it is for the next one.
    windows: best && best.leftS >= durationS ? [{ until }] : [],
    sequences: [
      {
        name: best?.target.name ?? 'fake',
        target: best?.target ?? null,
        durationS,
        albums: [{ detector: 'visible', plans: [{ filter: 'r', exposureS: 20, images: 5 }] }],
      },
    ],
  })
  return { form, source: 'fake', raw: null, warnings: [], relative: false }
}
