import type { Detector, ExposurePlan, Sequence } from '#domain/requests/sequence.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'

/** What a camera is asked for, one conversation each; `of` is the plan's number of images. */
export type Step = {
  readonly kind: 'filter' | 'image'
  readonly conversationId: string
  readonly album: string
  readonly plan: ExposurePlan
  /** Of the image in its plan, from 1; 0 for a filter. */
  readonly number: number
}

/** What one detector has to do, and how much of it is done. */
export type Line = {
  readonly detector: Detector
  readonly steps: readonly Step[]
  readonly done: number
}

export type Attempt = { readonly sequenceId: string; readonly attempt: number }

/** A name in the attempt that is the same whenever it is asked for. */
export const conversationOf = ({ sequenceId, attempt }: Attempt, what: string): string =>
  uuidFrom(`observation/${sequenceId}/${attempt}/${what}`, noctuaryNamespace)

const stepsOf = ({ albums }: Sequence, detector: Detector, attempt: Attempt): Step[] =>
  albums
    .filter((album) => album.detector === detector)
    .flatMap((album, a) =>
      album.plans.flatMap((plan, p) =>
        Array.from({ length: plan.images + 1 }, (_, number) => ({
          kind: number === 0 ? ('filter' as const) : ('image' as const),
          conversationId: conversationOf(attempt, `${detector}/${a}/${p}/${number}`),
          album: album.name,
          plan,
          number,
        })),
      ),
    )

const detectors: readonly Detector[] = ['visible', 'infrared']

/** What each detector has to do; one that has nothing is left out. They work side by side. */
export const linesOf = (sequence: Sequence, attempt: Attempt): Line[] =>
  detectors
    .map((detector) => ({ detector, steps: stepsOf(sequence, detector, attempt), done: 0 }))
    .filter(({ steps }) => steps.length > 0)

export const imagesIn = (lines: readonly Line[]): number =>
  lines.reduce((sum, { steps }) => sum + steps.filter(({ kind }) => kind === 'image').length, 0)
