import { z } from 'zod'
import type { Site } from '../shared/site.ts'
import { faultsOf, InvalidPlanInput } from './bad-input.ts'
import {
  candidateSchema,
  closureSchema,
  constraintsSchema,
  fixedSchema,
  idSchema,
  type PlanInput,
  planInputSchema,
  quotaSchema,
  someConstraintsSchema,
} from './input.ts'
import { rulesSchema } from './rules.ts'
import { setupSchema } from './telescope.ts'

const exposureSchema = z.strictObject({
  name: z.string().optional(),
  filter: z.string().optional(),
  durationS: z.number().positive('a duration is a positive number of seconds'),
  images: z.int().positive().default(1),
})

const albumSchema = z.strictObject({
  name: z.string().optional(),
  detector: z.string(),
  plans: z.array(exposureSchema).min(1),
})

/** What a request says for all its sequences, and a sequence may say otherwise. */
const shared = candidateSchema
  .pick({ priority: true, tier: true, user: true, country: true, programme: true, windows: true })
  .partial()
  .extend({
    windows: candidateSchema.shape.windows.unwrap().optional(),
    tier: candidateSchema.shape.tier.unwrap().optional(),
  })

const sequenceSchema = z
  .strictObject({
    ...shared.shape,
    ...candidateSchema.pick({
      target: true,
      preferredAt: true,
      preferredToleranceS: true,
      cadence: true,
      previousStarts: true,
    }).shape,
    name: idSchema,
    durationS: candidateSchema.shape.durationS.optional(),
    constraints: someConstraintsSchema.optional(),
    albums: z.array(albumSchema).default([]),
  })
  .refine(({ durationS, albums }) => durationS !== undefined || albums.length > 0, {
    error: 'it has neither a durationS nor an album that gives one',
    path: ['durationS'],
  })

const requestSchema = z.strictObject({
  ...shared.shape,
  name: idSchema,
  alert: z.boolean().default(false),
  constraints: someConstraintsSchema.optional(),
  sequences: z.array(sequenceSchema).min(1, 'a request has at least one sequence'),
})

const fileSchema = z.strictObject({
  requests: z.array(requestSchema),
  quotas: z.array(quotaSchema).default([]),
  closures: z.array(closureSchema).default([]),
  fixed: z.array(fixedSchema).default([]),
  horizon: planInputSchema.shape.horizon,
  previous: planInputSchema.shape.previous,
  setup: setupSchema.prefault({ kind: 'slewing' }),
  rules: rulesSchema.prefault({}),
})

type Request = z.output<typeof requestSchema>
type Sequence = z.output<typeof sequenceSchema>

const usualPriority = 50

// Albums are taken side by side, one per detector; the plans of one come one after another.
const lasts = ({ durationS, albums }: Sequence): number =>
  durationS ??
  Math.max(...albums.map(({ plans }) => plans.reduce((sum, plan) => sum + plan.durationS * plan.images, 0)))

const candidateOf = (
  request: Request,
  sequence: Sequence,
  submitted: number,
): PlanInput['candidates'][number] => {
  const filters = sequence.albums.map(({ plans }) => plans.map(({ filter }) => filter ?? null))
  return {
    id: `${request.name}/${sequence.name}`,
    name: sequence.name,
    submitted,
    priority: sequence.priority ?? request.priority ?? usualPriority,
    tier: sequence.tier ?? request.tier ?? 'normal',
    durationS: lasts(sequence),
    target: sequence.target,
    windows: sequence.windows ?? request.windows ?? [],
    constraints: constraintsSchema.parse({ ...request.constraints, ...sequence.constraints }),
    preferredAt: sequence.preferredAt,
    preferredToleranceS: sequence.preferredToleranceS,
    cadence: sequence.cadence,
    previousStarts: sequence.previousStarts,
    alert: request.alert,
    user: sequence.user ?? request.user,
    country: sequence.country ?? request.country,
    programme: sequence.programme ?? request.programme,
    filterIn: filters[0]?.[0] ?? null,
    filterOut: filters[0]?.at(-1) ?? null,
  }
}

const duplicates = (requests: readonly Request[]): string[] => {
  const seen = new Map<string, string>()
  return requests.flatMap((request, r) =>
    request.sequences.flatMap((sequence, s) => {
      const id = `${request.name}/${sequence.name}`
      const path = `requests[${r}].sequences[${s}].name`
      const first = seen.get(id)
      seen.set(id, first ?? path)
      return first ? [`${path}: ${id} is there already, at ${first}`] : []
    }),
  )
}

/** Requests as people write them in a file, for one night at one site; throws `InvalidPlanInput` with every fault. */
export const planInputOf = (given: unknown, site: Site, night: string, from?: string): PlanInput => {
  const read = fileSchema.safeParse(given)
  if (!read.success) throw new InvalidPlanInput(faultsOf(read.error))
  const { requests, ...rest } = read.data
  const twice = duplicates(requests)
  if (twice.length > 0) throw new InvalidPlanInput(twice)
  let submitted = 0
  const candidates = requests.flatMap((request) =>
    request.sequences.map((sequence) => candidateOf(request, sequence, submitted++)),
  )
  return { ...rest, site, night, candidates, from }
}
