import { constraintsSchema } from '#domain/planning/input.ts'
import { albumsLastS } from './duration.ts'
import type { RequestContent } from './events.ts'
import { type RequestForm, type SequenceForm, usualPriority } from './request-form.ts'
import type { Album, Sequence } from './sequence.ts'

/** A request's content before it has a name of its own: the decider gives it and its sequences their ids. */
export type AuthoredContent = Omit<RequestContent, 'requestId' | 'sequences'> & {
  readonly sequences: readonly Omit<Sequence, 'id'>[]
}

const albumOf = ({ name, detector, plans }: SequenceForm['albums'][number], index: number): Album => ({
  name: name ?? `album ${index + 1}`,
  detector,
  plans: plans.map((plan, i) => ({ ...plan, name: plan.name ?? `plan ${i + 1}` })),
})

const targetOf = ({ name, target }: SequenceForm): Sequence['target'] =>
  target === null
    ? null
    : {
        name: target.name ?? name,
        raDeg: target.raDeg,
        decDeg: target.decDeg,
        ...(target.properMotion ? { properMotion: target.properMotion } : {}),
      }

const sequenceOf = (form: RequestForm, sequence: SequenceForm): Omit<Sequence, 'id'> => ({
  name: sequence.name,
  target: targetOf(sequence),
  durationS: sequence.durationS ?? albumsLastS(sequence.albums),
  priority: sequence.priority ?? form.priority ?? usualPriority,
  tier: sequence.tier,
  windows: (sequence.windows ?? form.windows ?? []).map(({ from = null, until = null }) => ({ from, until })),
  constraints: constraintsSchema.parse({ ...form.constraints, ...sequence.constraints }),
  preferredAt: sequence.preferredAt,
  preferredToleranceS: sequence.preferredToleranceS,
  cadence: sequence.cadence,
  minQuality: sequence.minQuality,
  albums: sequence.albums.map(albumOf),
})

/** Who asks, by the log's ids, and how the request came. */
export type Authorship = Pick<RequestContent, 'userId' | 'country' | 'programmeId' | 'source'> & {
  readonly warnings?: RequestContent['warnings']
  readonly relativeTo?: string | undefined
}

/** What a form asks for with everything resolved. */
export const contentOf = (form: RequestForm, by: Authorship): AuthoredContent => ({
  name: form.name,
  userId: by.userId,
  country: by.country,
  programmeId: by.programmeId,
  targetType: form.targetType,
  alert: null,
  sequences: form.sequences.map((sequence) => sequenceOf(form, sequence)),
  warnings: by.warnings ?? [],
  source: by.source,
  ...(by.relativeTo === undefined ? {} : { relativeTo: by.relativeTo }),
})
