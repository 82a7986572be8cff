/** Partial plans over slots: each knows the one it continues, and every slot keeps a few of the best. */
export type Board = {
  readonly score: readonly number[]
  /** Number of the offer that was added last; -1 for none. */
  readonly offer: readonly number[]
  readonly start: readonly number[]
  readonly parent: readonly number[]
  /** Adds to a slot what continues a partial plan with one more offer. */
  extend(slot: number, score: number, offer: number, start: number, parent: number): void
  /** Keeps a partial plan in a slot too. */
  keep(slot: number, label: number): void
  /** The partial plan in one of the places of a slot; -1 for none. */
  at(slot: number, place: number): number
  /** What must be beaten to be kept in a slot. */
  toBeat(slot: number): number
}

// Distinguishes sets of tasks; a clash loses one alternative, never correctness.
const signOf = (chosen: number): number => Math.imul(chosen + 1, 0x9e3779b1)

/** Starts with the empty plan in the first slot. */
export const boardOf = (fromSlot: number, untilSlot: number, width: number): Board => {
  const score = [0]
  const offer = [-1]
  const start = [fromSlot]
  const parent = [-1]
  const signs = [0]
  const places = new Int32Array((Math.max(0, untilSlot - fromSlot) + 1) * width).fill(-1)
  places[0] = 0
  const scoreOf = (label: number): number => score[label] ?? Number.NEGATIVE_INFINITY

  const keep = (slot: number, label: number): void => {
    const first = (slot - fromSlot) * width
    let moving = label
    for (let w = first; w < first + width; w++) {
      const there = places[w] ?? -1
      if (there < 0) {
        places[w] = moving
        return
      }
      if (there === moving) return
      const same = signs[there] === signs[moving]
      if (scoreOf(moving) > scoreOf(there)) {
        places[w] = moving
        if (same) return
        moving = there
      } else if (same) return
    }
  }
  return {
    score,
    offer,
    start,
    parent,
    keep,
    extend: (slot, gained, chosen, startSlot, continued) => {
      score.push(gained)
      offer.push(chosen)
      start.push(startSlot)
      parent.push(continued)
      signs.push((signs[continued] ?? 0) ^ signOf(chosen))
      keep(slot, score.length - 1)
    },
    at: (slot, place) => places[(slot - fromSlot) * width + place] ?? -1,
    toBeat: (slot) => {
      const there = places[(slot - fromSlot) * width + width - 1] ?? -1
      return there < 0 ? Number.NEGATIVE_INFINITY : scoreOf(there)
    },
  }
}
