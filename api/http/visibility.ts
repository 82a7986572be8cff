import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { comingNight } from '#domain/planning/coming-night.ts'
import { constraintsSchema } from '#domain/planning/input.ts'
import { lookAt } from '#domain/planning/look.ts'
import { decSchema, raSchema } from '#domain/planning/target.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { problemSchema } from './problem.ts'

/** A query string has text only: what looks like a number is one. */
const numeric = (given: unknown): unknown =>
  typeof given === 'string' && given.trim() !== '' && Number.isFinite(Number(given)) ? Number(given) : given

const limits = constraintsSchema.shape

const querySchema = z.strictObject({
  ra: z.preprocess(numeric, raSchema).describe('right ascension: degrees, or hours as 05:34:31.9'),
  dec: z.preprocess(numeric, decSchema).describe('declination: degrees, or +22:00:52'),
  night: z.iso
    .date('a night is the date of its evening, e.g. 2026-11-20')
    .optional()
    .describe('the present one where it is not given, from dawn on the coming one'),
  minAltitude: z.preprocess(numeric, limits.minAltitudeDeg).describe('degrees'),
  maxAirmass: z.preprocess(numeric, limits.maxAirmass),
  moonSeparation: z.preprocess(numeric, limits.minMoonSeparationDeg).describe('degrees, at least'),
  sunAltitude: z.preprocess(numeric, limits.maxSunAltitudeDeg).describe('degrees, at most'),
  every: z
    .preprocess(numeric, z.int().min(60).max(7200).default(1800))
    .describe('seconds from one moment to the next'),
})

const instant = z.iso.datetime()
export const visibilitySchema = z
  .object({
    site: z.string(),
    raDeg: z.number(),
    decDeg: z.number(),
    night: z.iso.date(),
    from: instant.nullable().describe('the Sun is below -12° from then; null where it never is'),
    until: instant.nullable(),
    constraints: constraintsSchema,
    moonIllumination: z.number().describe('0 to 1'),
    windows: z.array(z.object({ from: instant, until: instant })).describe('when it can be observed'),
    moments: z.array(
      z.object({
        at: instant,
        altitudeDeg: z.number(),
        airmass: z.number().nullable().describe('null below the horizon'),
        moonAltitudeDeg: z.number(),
        moonSeparationDeg: z.number(),
      }),
    ),
  })
  .meta({ id: 'Visibility' })

/** How a target stands through a night. */
export const visibilityRoutes: FastifyPluginAsyncZod<{ site: Site; clock: Clock }> = async (
  app,
  { site, clock },
) => {
  app.get(
    '/api/visibility',
    {
      config: { right: 'read' },
      schema: {
        summary: 'When a target can be observed in a night, and how it stands meanwhile',
        tags: ['planning'],
        querystring: querySchema,
        response: { 200: visibilitySchema, 400: problemSchema },
      },
    },
    async ({ query }) => {
      const { ra, dec, minAltitude, maxAirmass, moonSeparation, sunAltitude, every } = query
      const night = query.night ?? comingNight(instantOf(clock.now()), site).night
      const constraints = constraintsSchema.parse({
        minAltitudeDeg: minAltitude,
        minMoonSeparationDeg: moonSeparation,
        maxSunAltitudeDeg: sunAltitude,
        ...(maxAirmass === undefined ? {} : { maxAirmass }),
      })
      const look = lookAt({ site, night }, { raDeg: ra, decDeg: dec }, constraints, every)
      return {
        ...look,
        site: site.id,
        raDeg: ra,
        decDeg: dec,
        windows: [...look.windows],
        moments: [...look.moments],
      }
    },
  )
}
