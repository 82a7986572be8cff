import type { Gaps } from './gaps.ts'
import type { Quota } from './problem.ts'
import type { Row } from './row.ts'

/** A row that may be used, with what is taken from its value while building (not from what it is worth). */
export type Offer = {
  readonly row: Row
  readonly discount: number
  /** Those of its quotas that can be exceeded at all. */
  readonly groups: readonly number[]
}

export type Stretch = {
  /** What was observed before the stretch, and the slot where it starts; null at the head of the plan. */
  readonly before: { readonly row: Row; readonly slot: number } | null
  readonly fromSlot: number
  /** What comes after it at a fixed slot. */
  readonly after: { readonly row: Row; readonly slot: number } | null
  readonly untilSlot: number
}

// Kept side by side in one slot: plans with different tasks. 8 took more than twice the time of 3 and gained about a
// thousandth.
export const usualWidth = 3

/** Partial plans, numbered; each knows the one it continues. */
type Labels = {
  readonly score: number[]
  readonly offer: number[]
  readonly start: number[]
  readonly parent: number[]
}

const charged = new Float64Array(8)

/** Whether a partial plan can take one more: not twice the same, no quota exceeded. One walk along it. */
const allowed = (
  labels: Labels,
  label: number,
  chosen: number,
  offers: readonly Offer[],
  used: Float64Array,
  quotas: readonly Quota[],
): boolean => {
  const offer = offers[chosen]
  if (!offer) return false
  const { groups } = offer
  charged.fill(offer.row.task.chargeS)
  for (let l = label; l >= 0; l = labels.parent[l] ?? -1) {
    const there = labels.offer[l] ?? -1
    if (there === chosen) return false
    const earlier = offers[there]
    if (earlier && groups.length > 0)
      for (let g = 0; g < groups.length; g++)
        if (earlier.groups.includes(groups[g] ?? -1))
          charged[g] = (charged[g] ?? 0) + earlier.row.task.chargeS
  }
  return groups.every(
    (group, g) =>
      (charged[g] ?? 0) + (used[group] ?? 0) <= (quotas[group]?.leftS ?? Number.POSITIVE_INFINITY),
  )
}

// Distinguishes sets of tasks; a clash loses one alternative, never correctness.
const signOf = (chosen: number): number => Math.imul(chosen + 1, 0x9e3779b1)

/**
 * Fills a stretch of time: dynamic programming over slots, keeping a few best partial plans per slot. Quotas and
 * duplicates are checked along each partial plan. Returns rows in order.
 */
export const fill = (
  offers: readonly Offer[],
  stretch: Stretch,
  gaps: Gaps,
  used: Float64Array,
  quotas: readonly Quota[],
  width = usualWidth,
): Row[] => {
  const { before, after, fromSlot, untilSlot } = stretch
  const labels: Labels = { score: [], offer: [], start: [], parent: [] }
  const signs: number[] = []
  const span = Math.max(0, untilSlot - fromSlot) + 1
  const at = new Int32Array(span * width).fill(-1)
  const scoreOf = (label: number): number => labels.score[label] ?? Number.NEGATIVE_INFINITY

  const keep = (slot: number, label: number): void => {
    const cell = (slot - fromSlot) * width
    let place = label
    for (let w = 0; w < width; w++) {
      const there = at[cell + w] ?? -1
      if (there < 0) {
        at[cell + w] = place
        return
      }
      if (there === place) return
      const same = signs[there] === signs[place]
      if (scoreOf(place) > scoreOf(there)) {
        at[cell + w] = place
        if (same) return
        place = there
      } else if (same) return
    }
  }
  const worstKept = (slot: number): number => {
    const there = at[(slot - fromSlot) * width + width - 1] ?? -1
    return there < 0 ? Number.NEGATIVE_INFINITY : scoreOf(there)
  }
  const add = (score: number, offer: number, start: number, parent: number, sign: number): number => {
    labels.score.push(score)
    labels.offer.push(offer)
    labels.start.push(start)
    labels.parent.push(parent)
    signs.push(sign)
    return signs.length - 1
  }

  keep(fromSlot, add(0, -1, fromSlot, -1, 0))
  const open = offers
    .map(({ row, discount }, chosen) => ({ row, discount, chosen, values: row.values, last: row.last }))
    .filter(({ row }) => row.last >= fromSlot && row.first <= untilSlot)
    .toSorted((a, b) => a.row.first - b.row.first || a.chosen - b.chosen)
  let begun = 0
  for (let slot = fromSlot; slot <= untilSlot; slot++) {
    while (begun < open.length && (open[begun]?.row.first ?? 0) <= slot + gaps.reach) begun++
    for (let w = 0; w < width; w++) {
      const label = at[(slot - fromSlot) * width + w] ?? -1
      if (label < 0) break
      if (slot < untilSlot) keep(slot + 1, label)
      const lastOffer = labels.offer[label] ?? -1
      const last = offers[lastOffer]?.row ?? before?.row
      const lastStart = lastOffer < 0 ? (before?.slot ?? 0) : (labels.start[label] ?? 0)
      const score = scoreOf(label)
      for (let o = 0; o < begun; o++) {
        const offer = open[o]
        if (!offer || offer.last < slot) continue
        const { row, discount, chosen } = offer
        // The first possible slot; later ones belong to labels that waited.
        const start =
          last && gaps.reach > 0 ? Math.max(slot, lastStart + gaps.between(last, row, lastStart)) : slot
        const value = offer.values[start] ?? Number.NEGATIVE_INFINITY
        if (value === Number.NEGATIVE_INFINITY) continue
        const gained = score + value - discount
        const free = Math.min(untilSlot, start + gaps.after(row))
        if (gained <= worstKept(free)) continue
        if (after && start + gaps.between(row, after.row, start) > after.slot) continue
        if (!allowed(labels, label, chosen, offers, used, quotas)) continue
        keep(free, add(gained, chosen, start, label, (signs[label] ?? 0) ^ signOf(chosen)))
      }
    }
  }
  return pathTo(at[(untilSlot - fromSlot) * width] ?? -1, labels, offers)
}

const pathTo = (label: number, labels: Labels, offers: readonly Offer[]): Row[] => {
  const path: Row[] = []
  for (let l = label; l >= 0; l = labels.parent[l] ?? -1) {
    const row = offers[labels.offer[l] ?? -1]?.row
    if (row) path.push(row)
  }
  return path.reverse()
}
