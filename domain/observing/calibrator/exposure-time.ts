/** Above the bias: half of what a pixel of 16 bits holds, so that its noise is small and no pixel is full. */
export const wantedCounts = 28_000
const biasCounts = 1_000
/** Of the wanted counts. */
const tolerance = 0.5

/** A shutter is uneven below it; a twilight changes too much above. */
const shortestS = 0.5
const longestS = 30

/** Before anything is known. */
export const firstFlatS = 1

export type FlatLight = 'too-bright' | 'right' | 'too-dark'

/** Whether a flat's level is near enough to the wanted one to be of use. */
export const isUsable = (levelCounts: number | null): boolean =>
  levelCounts !== null && Math.abs(levelCounts - biasCounts - wantedCounts) <= tolerance * wantedCounts

const lightFor = (wantedS: number): FlatLight => {
  if (wantedS * (1 + tolerance) < shortestS) return 'too-bright'
  return wantedS * (1 - tolerance) > longestS ? 'too-dark' : 'right'
}

/** How long the next flat has to be after one of this level, and whether any exposure time would do in such a light. */
export const nextFlat = (
  levelCounts: number | null,
  exposureS: number,
): { readonly exposureS: number; readonly light: FlatLight } => {
  if (levelCounts === null) return { exposureS, light: 'right' }
  const countsPerS = Math.max(1, levelCounts - biasCounts) / exposureS
  const wantedS = wantedCounts / countsPerS
  const nextS = Math.min(longestS, Math.max(shortestS, wantedS))
  return { exposureS: Number(nextS.toFixed(2)), light: lightFor(wantedS) }
}
