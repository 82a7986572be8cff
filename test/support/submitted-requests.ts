import type { RequestContent } from '#domain/requests/events.ts'
import { type Sequence, sequenceSchema } from '#domain/requests/sequence.ts'

type Given = Partial<Omit<Sequence, 'constraints' | 'target'>> & {
  readonly id: string
  readonly raDeg?: number
  readonly decDeg?: number
  readonly constraints?: Partial<Sequence['constraints']>
}

/** A sequence of ten minutes, high in the sky of San Pedro Mártir in the evening of 2026-11-20, where not said otherwise. */
export const sequenceGiven = ({ raDeg = 60, decDeg = 31, constraints = {}, ...given }: Given): Sequence =>
  sequenceSchema.parse({
    name: given.id,
    target: { name: given.id, raDeg, decDeg },
    durationS: 600,
    priority: 50,
    tier: 'normal',
    windows: [],
    constraints,
    preferredAt: null,
    preferredToleranceS: 3600,
    cadence: null,
    minQuality: 1,
    albums: [
      {
        name: 'visible',
        detector: 'visible',
        plans: [{ name: 'r', filter: 'r', exposureS: 60, images: 10 }],
      },
    ],
    ...given,
  })

/** A request of some sequences, by default one of the same name and a dot one. */
export const requestGiven = (
  requestId: string,
  given: Partial<Omit<RequestContent, 'sequences'>> & {
    readonly sequences?: readonly Omit<Given, 'id'>[]
  } = {},
): RequestContent => {
  const { sequences = [{}], ...rest } = given
  return {
    requestId,
    name: `request ${requestId}`,
    userId: 'galileo',
    country: null,
    programmeId: 'survey',
    targetType: 'star',
    alert: null,
    warnings: [],
    source: 'json',
    ...rest,
    sequences: sequences.map((sequence, i) => sequenceGiven({ ...sequence, id: `${requestId}.${i + 1}` })),
  }
}
