import type { Unplaced } from './explain.ts'

export type RunnerUp = {
  readonly id: string
  /** What the plan would have scored less with it instead. */
  readonly scoreDifference: number
}

/** By id of a planned entry: which of those left out came nearest to taking its place. */
export const runnersUp = (unplaced: readonly Unplaced[]): ReadonlyMap<string, RunnerUp> => {
  const found = new Map<string, RunnerUp>()
  for (const { id, reason } of unplaced) {
    if (reason.code !== 'NO_FREE_INTERVAL' && reason.code !== 'DISPLACED') continue
    const { displaces, scoreDifference } = reason.figures
    if (scoreDifference === null) continue
    for (const planned of displaces)
      if (scoreDifference > (found.get(planned)?.scoreDifference ?? Number.NEGATIVE_INFINITY))
        found.set(planned, { id, scoreDifference })
  }
  return found
}
