import type { Detector, Sequence } from '#domain/requests/sequence.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'

/** One image to be taken. */
export type Exposure = {
  readonly album: string
  readonly plan: string
  readonly filter: string
  readonly exposureS: number
  /** Its number in the plan, from 1, and how many the plan has. */
  readonly number: number
  readonly of: number
  /** Also the name of the conversation with the camera. */
  readonly imageId: string
}

type Attempt = { readonly sequenceId: string; readonly attempt: number }

/** A name in the attempt that is the same whenever it is asked for. */
export const conversationOf = ({ sequenceId, attempt }: Attempt, what: string): string =>
  uuidFrom(`observation/${sequenceId}/${attempt}/${what}`, noctuaryNamespace)

/** The images that one detector takes, in order. */
const exposuresOf = ({ albums }: Sequence, detector: Detector, attempt: Attempt): Exposure[] =>
  albums
    .filter((album) => album.detector === detector)
    .flatMap((album, a) =>
      album.plans.flatMap(({ name, filter, exposureS, images }, p) =>
        Array.from({ length: images }, (_, i) => ({
          album: album.name,
          plan: name,
          filter,
          exposureS,
          number: i + 1,
          of: images,
          imageId: conversationOf(attempt, `${detector}/${a}/${p}/${i}`),
        })),
      ),
    )

const detectors: readonly Detector[] = ['visible', 'infrared']

/** What each detector has to do; one that has nothing is left out. They work side by side. */
export const linesOf = (sequence: Sequence, attempt: Attempt) =>
  detectors
    .map((detector) => ({ detector, exposures: exposuresOf(sequence, detector, attempt), done: 0 }))
    .filter(({ exposures }) => exposures.length > 0)
