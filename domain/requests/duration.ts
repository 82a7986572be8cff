import type { Detector } from './sequence.ts'

type Plans = readonly { readonly exposureS: number; readonly images: number }[]
type Albums = readonly { readonly detector: Detector; readonly plans: Plans }[]

const exposedS = (plans: Plans): number =>
  plans.reduce((sum, { exposureS, images }) => sum + exposureS * images, 0)

/** How long the shutters are open: albums are taken side by side, one per detector; the plans of one come one after another. */
export const exposuresLastS = (albums: readonly { readonly plans: Plans }[]): number =>
  Math.max(0, ...albums.map(({ plans }) => exposedS(plans)))

/** Of COLIBRI's cameras: from the end of an exposure to the next, and from one filter to another. */
const overheads: Readonly<Record<Detector, { readonly readoutS: number; readonly filterS: number }>> = {
  visible: { readoutS: 6, filterS: 8 },
  infrared: { readoutS: 2, filterS: 8 },
}

/** How long the observatory needs for them, readouts and filters included; the way to the target is not. */
export const albumsLastS = (albums: Albums): number =>
  Math.max(
    0,
    ...albums.map(({ detector, plans }) => {
      const { readoutS, filterS } = overheads[detector]
      const readouts = plans.reduce((sum, { images }) => sum + images * readoutS, 0)
      return exposedS(plans) + readouts + Math.max(0, plans.length - 1) * filterS
    }),
  )
