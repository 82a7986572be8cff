import { z } from 'zod'
import { contentOf } from '#domain/requests/content.ts'
import { type RequestForm, requestFormFields } from '#domain/requests/request-form.ts'
import type { Sequence } from '#domain/requests/sequence.ts'
import type { Site } from '../shared/site.ts'
import { faultsOf, InvalidPlanInput } from './bad-input.ts'
import { candidateFrom } from './from-sequence.ts'
import {
  type Candidate,
  closureSchema,
  fixedSchema,
  type PlanInput,
  planInputSchema,
  quotaSchema,
} from './input.ts'
import { rulesSchema } from './rules.ts'
import { setupSchema } from './telescope.ts'

/** Requests as they are written for the API, and what else a plan rests on. */
const fileSchema = z.strictObject({
  requests: z.array(
    requestFormFields.extend({
      alert: z.boolean().default(false),
      alertLevel: z.int().positive().default(1),
    }),
  ),
  quotas: z.array(quotaSchema).default([]),
  closures: z.array(closureSchema).default([]),
  fixed: z.array(fixedSchema).default([]),
  horizon: planInputSchema.shape.horizon,
  previous: planInputSchema.shape.previous,
  setup: setupSchema.prefault({ kind: 'slewing' }),
  rules: rulesSchema.prefault({}),
})

type Request = z.output<typeof fileSchema>['requests'][number]

/** In a file a request may be nobody's. */
const candidateOf = (request: Request, sequence: Omit<Sequence, 'id'>, submitted: number): Candidate => {
  const { user, country, programme, alert, alertLevel } = request
  const id = `${request.name}/${sequence.name}`
  const of = { userId: '', country: null, programmeId: '', submitted, alert, alertLevel }
  return { ...candidateFrom({ ...sequence, id }, of), user, country, programme }
}

const sequencesOf = (form: RequestForm) =>
  contentOf(form, { userId: '', country: null, programmeId: '', source: 'json' }).sequences

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
    sequencesOf(request).map((sequence) => candidateOf(request, sequence, submitted++)),
  )
  return { ...rest, site, night, candidates, from }
}
