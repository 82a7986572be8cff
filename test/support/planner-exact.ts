import type { Problem } from '#domain/planning/search/problem.ts'
import { qualityAt } from '#domain/planning/search/quality.ts'

/**
 * The best plan there is, of up to a dozen tasks with a constant set-up: every subset, in every order, at every slot.
 * Shares nothing with the planner but what a task is worth at an instant.
 */
export const exactOptimum = ({ tasks, setup, fromS, untilS, gridS, quotas, rotation }: Problem): number => {
  if (setup.kind !== 'fixed') throw new RangeError('the exact solver knows constant set-ups only')
  const slots = Math.floor(untilS / gridS) + 1
  const head = Math.ceil((fromS + setup.seconds) / gridS)
  const values = tasks.map((task) =>
    Array.from({ length: slots }, (_, k) =>
      task.starts.some(([from, until]) => k * gridS >= from && k * gridS <= until)
        ? task.worth * qualityAt(task, k * gridS, rotation)
        : Number.NEGATIVE_INFINITY,
    ),
  )
  const lengths = tasks.map(({ durationS }) => Math.ceil((durationS + setup.seconds) / gridS))
  const withinQuotas = (set: number): boolean =>
    quotas.every(
      ({ leftS }, group) =>
        tasks.reduce(
          (sum, task, i) => sum + ((set >> i) & 1 && task.groups.includes(group) ? task.chargeS : 0),
          0,
        ) <= leftS,
    )
  const spare = Math.max(0, ...lengths)
  // By set of tasks: the most they are worth when the telescope is free by a slot.
  const table = Array.from({ length: 1 << tasks.length }, () =>
    new Float64Array(slots + spare + 1).fill(Number.NEGATIVE_INFINITY),
  )
  table[0]?.fill(0)
  let best = 0
  for (let set = 0; set < table.length; set++) {
    const row = table[set]
    if (!row || !withinQuotas(set)) continue
    for (let k = 1; k < row.length; k++) row[k] = Math.max(row[k] ?? 0, row[k - 1] ?? 0)
    best = Math.max(best, row.at(-1) ?? 0)
    for (let i = 0; i < tasks.length; i++) {
      if ((set >> i) & 1) continue
      const next = table[set | (1 << i)]
      for (let k = head; k < slots; k++) {
        const total = (row[k] ?? 0) + (values[i]?.[k] ?? Number.NEGATIVE_INFINITY)
        const free = k + (lengths[i] ?? 0)
        if (next && total > (next[free] ?? 0)) next[free] = total
      }
    }
  }
  return best
}
