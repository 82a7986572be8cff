import { type Board, boardOf } from './board.ts'
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

const charged = new Float64Array(8)

/** Whether a partial plan can take one more: not twice the same, no quota exceeded. One walk along it. */
const allowed = (
  labels: Board,
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

/** An offer while it can be taken: with what the inner loop looks at close by. */
type Open = {
  readonly row: Row
  readonly chosen: number
  readonly discount: number
  readonly values: Float64Array
  readonly last: number
}

const inOrder = (offers: readonly Offer[], { fromSlot, untilSlot }: Stretch): Open[] =>
  offers
    .map(({ row, discount }, chosen) => ({ row, discount, chosen, values: row.values, last: row.last }))
    .filter(({ row }) => row.last >= fromSlot && row.first <= untilSlot)
    .toSorted((a, b) => a.row.first - b.row.first || a.chosen - b.chosen)

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
  const board = boardOf(fromSlot, untilSlot, width)
  const coming = inOrder(offers, stretch)
  let begun = 0
  let open: Open[] = []
  for (let slot = fromSlot; slot <= untilSlot; slot++) {
    const here = slot
    if (open.some(({ last }) => last < here)) open = open.filter(({ last }) => last >= here)
    for (let next = coming[begun]; next && next.row.first <= slot + gaps.reach; next = coming[++begun])
      if (next.last >= slot) open.push(next)
    for (let w = 0; w < width; w++) {
      const label = board.at(slot, w)
      if (label < 0) break
      if (slot < untilSlot) board.keep(slot + 1, label)
      const lastOffer = board.offer[label] ?? -1
      const last = offers[lastOffer]?.row ?? before?.row
      const lastStart = lastOffer < 0 ? (before?.slot ?? 0) : (board.start[label] ?? 0)
      const score = board.score[label] ?? 0
      const line = last && gaps.reach > 0 ? gaps.line(last, lastStart) : null
      const arrival = lastOffer < 0 || !last ? fromSlot : Math.min(untilSlot, lastStart + gaps.after(last))
      for (let o = 0; o < open.length; o++) {
        const offer = open[o]
        if (!offer) continue
        const { row, discount, chosen, values } = offer
        let start = slot
        if (last && line) {
          start = lastStart + (line[row.number] || gaps.between(last, row, lastStart))
          // The first possible slot is looked at on arrival; later ones belong to labels that waited.
          if (start > slot) {
            if (slot > arrival) continue
          } else start = slot
        }
        const gained = score + (values[start] ?? Number.NEGATIVE_INFINITY) - discount
        if (gained === Number.NEGATIVE_INFINITY) continue
        const free = Math.min(untilSlot, start + gaps.after(row))
        if (gained <= board.toBeat(free)) continue
        if (after && start + gaps.between(row, after.row, start) > after.slot) continue
        if (!allowed(board, label, chosen, offers, used, quotas)) continue
        board.extend(free, gained, chosen, start, label)
      }
    }
  }
  return pathTo(board.at(untilSlot, 0), board, offers)
}

const pathTo = (label: number, labels: Board, offers: readonly Offer[]): Row[] => {
  const path: Row[] = []
  for (let l = label; l >= 0; l = labels.parent[l] ?? -1) {
    const row = offers[labels.offer[l] ?? -1]?.row
    if (row) path.push(row)
  }
  return path.reverse()
}
