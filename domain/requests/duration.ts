type Plans = readonly { readonly exposureS: number; readonly images: number }[]

const exposedS = (plans: Plans): number =>
  plans.reduce((sum, { exposureS, images }) => sum + exposureS * images, 0)

/** How long the shutters are open: albums are taken side by side, one per detector; the plans of one come one after another. */
export const exposuresLastS = (albums: readonly { readonly plans: Plans }[]): number =>
  Math.max(0, ...albums.map(({ plans }) => exposedS(plans)))
