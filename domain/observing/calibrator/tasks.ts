import type { Task } from './line.ts'

const flatsEach = 5
const biases = 10
const darksEach = 3
/** A read-out and what goes with it. */
const overheadS = 8
/** Darks take no longer, whatever was exposed tonight. */
const darksLastS = 600
/** When nothing was exposed tonight. */
const usualDarkS = 60

/** Flats through each filter. */
export const flatTasks = (filters: readonly string[]): Task[] =>
  filters.map((filter) => ({ kind: 'flat', filter, exposureS: null, frames: flatsEach }))

/** Biases, and darks as long as tonight's exposures, the shortest first, as many as there is time for. */
export const closedTasks = (exposuresS: ReadonlySet<number>): Task[] => {
  const wanted = exposuresS.size > 0 ? [...exposuresS].toSorted((a, b) => a - b) : [usualDarkS]
  let leftS = darksLastS
  const darks = wanted.filter((exposureS) => {
    leftS -= darksEach * (exposureS + overheadS)
    return leftS >= 0
  })
  return [
    { kind: 'bias', filter: null, exposureS: 0, frames: biases },
    ...darks.map((exposureS): Task => ({ kind: 'dark', filter: null, exposureS, frames: darksEach })),
  ]
}
