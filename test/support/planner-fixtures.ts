import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { readPlanInput } from '#domain/planning/bad-input.ts'
import type { PlanInput } from '#domain/planning/input.ts'

// Realistic nights with proven bounds, beside the repository where they are there at all.
const folder = path.resolve(import.meta.dirname, '../../../shared/fixtures/planner')

const constraintsSchema = z.object({
  minAlt: z.number(),
  maxAirmass: z.number(),
  minMoonSep: z.number(),
  sunAltMax: z.number(),
})

const sequenceSchema = z.object({
  id: z.number(),
  programme: z.string(),
  user: z.string(),
  country: z.string(),
  ra: z.number(),
  dec: z.number(),
  dur: z.number(),
  priority: z.number(),
  jd1: z.number(),
  jd2: z.number(),
  tPref: z.number(),
  filterIn: z.number(),
  filterOut: z.number(),
  constraints: constraintsSchema,
  win: z.array(z.tuple([z.number(), z.number()])).optional(),
})

const instanceSchema = z.object({
  date: z.string(),
  t0Ms: z.number(),
  T: z.number(),
  site: z.object({ lat: z.number(), lon: z.number(), h: z.number() }),
  quota: z.record(z.string(), z.record(z.string(), z.number())),
  seqs: z.array(sequenceSchema),
  events: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('alert'), t: z.number(), seq: sequenceSchema }),
      z.object({ type: z.literal('weather'), t: z.number() }),
    ]),
  ),
})

type Sequence = z.output<typeof sequenceSchema>
export type Instance = z.output<typeof instanceSchema>

/** Best known and proven bound, without quotas and with them; in the unit of the instances, ten times that of ours. */
export const proven: Readonly<Record<string, readonly [free: number, kept: number]>> = {
  n20_s1: [17288.5, 16332.9],
  n100_s1: [37295.5, 29027.6],
  n500_s1: [52330.6, 50296.8],
  n2000_s1: [61260.3, 57533.1],
}

/** An instance by name; null where the fixtures are not there. */
export const instance = (name: string): Instance | null => {
  const file = path.join(folder, `${name}.json`)
  return existsSync(file) ? instanceSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
}

const at = (of: Instance, seconds: number): string => new Date(of.t0Ms + seconds * 1000).toISOString()

const candidateOf = (of: Instance, seq: Sequence, alert = false) => ({
  id: `s${String(seq.id).padStart(5, '0')}`,
  submitted: seq.id,
  priority: 101 - seq.priority,
  durationS: seq.dur,
  target: { ra: seq.ra, dec: seq.dec },
  windows: [{ from: at(of, seq.jd1), until: at(of, seq.jd2) }],
  constraints: {
    minAltitudeDeg: seq.constraints.minAlt,
    maxAltitudeDeg: 90,
    maxAirmass: seq.constraints.maxAirmass,
    minMoonSeparationDeg: seq.constraints.minMoonSep,
    maxSunAltitudeDeg: seq.constraints.sunAltMax,
  },
  preferredAt: seq.tPref < 0 ? null : at(of, seq.tPref),
  alert,
  user: seq.user,
  country: seq.country,
  programme: seq.programme,
  filterIn: `${seq.filterIn}`,
  filterOut: `${seq.filterOut}`,
})

/** The problem whose bounds are proven: priority times duration, a grid of 60 s, 60 s before each exposure. */
export const referenceRules = { weight: { kind: 'linear' }, durationPower: 1, gridS: 60 } as const

export const inputOf = (of: Instance, quotas: boolean, changes: Record<string, unknown> = {}): PlanInput =>
  readPlanInput({
    site: {
      id: 'spm',
      name: 'San Pedro Mártir',
      latitudeDeg: of.site.lat,
      longitudeDeg: of.site.lon,
      elevationM: of.site.h,
      timeZone: 'America/Tijuana',
    },
    night: of.date,
    bounds: { from: at(of, 0), until: at(of, of.T) },
    setup: { kind: 'fixed', seconds: 60 },
    candidates: of.seqs.map((seq) => candidateOf(of, seq)),
    quotas: quotas
      ? Object.entries(of.quota).flatMap(([level, ids]) =>
          Object.entries(ids).map(([id, leftS]) => ({ level, id, leftS })),
        )
      : [],
    rules: referenceRules,
    ...changes,
  })

/** The alerts of an instance, with the second at which each comes. */
export const alertsOf = (of: Instance) =>
  of.events.flatMap((event) =>
    event.type === 'alert' ? [{ atS: event.t, candidate: candidateOf(of, event.seq, true) }] : [],
  )
