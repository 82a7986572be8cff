import type { CalibrationFrame } from '#domain/observing/calibration-events.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'

/** What calibrates the same thing. Binning is not told of frames: those of another size are left out when one is read. */
export type MasterOf = Pick<CalibrationFrame, 'kind' | 'detector'> & {
  readonly filter: string | null
  readonly exposureS: number | null
}

export type FrameRef = { readonly imageId: string; readonly file: string; readonly eventId: string }

/** The frames of a night that become one master. */
export type FrameGroup = MasterOf & { readonly night: string; readonly frames: readonly FrameRef[] }

export const masterOf = ({ kind, detector, filter, exposureS }: CalibrationFrame): MasterOf => ({
  kind,
  detector,
  filter: kind === 'flat' ? filter : null,
  exposureS: kind === 'dark' ? exposureS : null,
})

export const keyOf = ({ kind, detector, filter, exposureS }: MasterOf): string =>
  [kind, detector, filter ?? '', exposureS ?? ''].join('/')

/** The same whenever it is asked for. */
export const masterIdOf = (site: string, night: string, of: MasterOf): string =>
  uuidFrom(`master/${site}/${night}/${keyOf(of)}`, noctuaryNamespace)

const plain = (text: string): string => text.replaceAll(/[^\w.-]/g, '_')

/** Beside the frames. */
export const masterFileOf = (night: string, { kind, detector, filter, exposureS }: MasterOf): string => {
  const of = filter ?? (exposureS === null ? null : `${exposureS}s`)
  return `images/${night}/master-${kind}-${detector}${of === null ? '' : `-${plain(of)}`}.fits`
}

const order = { bias: 0, dark: 1, flat: 2 } as const

/** Biases first: the others are made without them. */
export const inOrder = <G extends MasterOf>(groups: readonly G[]): G[] =>
  groups.toSorted((a, b) => order[a.kind] - order[b.kind] || (keyOf(a) < keyOf(b) ? -1 : 1))
