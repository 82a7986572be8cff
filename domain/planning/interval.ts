/** From a first to a last second, both belonging to it. */
export type Interval = readonly [from: number, until: number]

/** The parts that two sorted lists of disjoint intervals share. */
export const intersect = (a: readonly Interval[], b: readonly Interval[]): Interval[] => {
  const shared: Interval[] = []
  for (const [aFrom, aUntil] of a)
    for (const [bFrom, bUntil] of b) {
      const from = Math.max(aFrom, bFrom)
      const until = Math.min(aUntil, bUntil)
      if (from <= until) shared.push([from, until])
    }
  return shared
}

/** What is left of sorted disjoint intervals without the inside of another; its ends stay. */
export const without = (whole: readonly Interval[], [from, until]: Interval): Interval[] =>
  whole.flatMap(([a, b]): Interval[] => {
    if (until <= a || from >= b) return [[a, b]]
    const left: Interval[] = from > a ? [[a, from]] : []
    const right: Interval[] = until < b ? [[until, b]] : []
    return [...left, ...right]
  })

/** The union of intervals in any order, as sorted disjoint ones. */
export const union = (intervals: readonly Interval[]): Interval[] => {
  const joined: Interval[] = []
  for (const [from, until] of intervals.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1)
    if (last && from <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], until)]
    else joined.push([from, until])
  }
  return joined
}

export const longest = (intervals: readonly Interval[]): number =>
  intervals.reduce((most, [from, until]) => Math.max(most, until - from), 0)

export const totalOf = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, [from, until]) => sum + until - from, 0)
