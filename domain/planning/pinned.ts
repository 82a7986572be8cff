import type { Compiled, Prepared } from './compile.ts'
import { secondsFrom } from './night.ts'
import type { Pinned } from './search/problem.ts'
import { firstSetupS, leastSetupS } from './search/setup.ts'
import type { Task } from './search/task.ts'

export type Block = Pinned & { readonly kind: 'planned' | 'fixed' | 'frozen' | 'alert' }

/** Something that stays where it is: it has a place and a pointing, and no choice. */
const blockTask = (
  id: string,
  durationS: number,
  { alert, alertLevel }: Pick<Task, 'alert' | 'alertLevel'>,
  prepared: Prepared,
  target: PinnedTarget,
): Task => ({
  id,
  rank: 0,
  worth: 0,
  urgency: 0,
  durationS,
  chargeS: 0,
  starts: [],
  wave: null,
  bestSine: 1,
  preferredS: null,
  toleranceS: 1,
  previousS: null,
  groups: [],
  direction: target ? prepared.watch.sighting(target).direction : null,
  filterIn: null,
  filterOut: null,
  alert,
  alertLevel,
  occurrence: 1,
  follows: false,
  repeats: false,
})
type PinnedTarget = Prepared['input']['fixed'][number]['target']

export const fixedBlocks = (prepared: Prepared): Block[] =>
  prepared.input.fixed.map(({ id, startsAt, endsAt, target, ...of }) => {
    const startS = secondsFrom(prepared.night, startsAt)
    const endS = secondsFrom(prepared.night, endsAt)
    return { kind: 'fixed', task: blockTask(id, endS - startS, of, prepared, target), startS, endS }
  })

/** Whether a task may have the telescope that another is at: an alert before what is none, the better alert before the other. */
export const outranks = (task: Task, other: Task): boolean =>
  task.alert && (!other.alert || task.alertLevel < other.alertLevel)

const overlap = (a: { startS: number; endS: number }, b: { startS: number; endS: number }, marginS: number) =>
  a.startS < b.endS + marginS && b.startS < a.endS + marginS

/** The first second at which an alert can start beside blocks that it may not disturb; null when there is none. */
export const alertStart = (task: Task, blocks: readonly Block[], prepared: Prepared): number | null => {
  const { setup } = prepared.input
  const headS = Math.ceil(prepared.fromS + firstSetupS(setup))
  const marginS = Math.max(leastSetupS(setup), firstSetupS(setup))
  for (const [from, until] of task.starts) {
    let at = Math.max(from, headS)
    for (const { startS, endS } of blocks.toSorted((a, b) => a.startS - b.startS))
      if (overlap({ startS: at, endS: at + task.durationS }, { startS, endS }, marginS))
        at = Math.ceil(endS + marginS)
    if (at <= until) return at
  }
  return null
}

export type Alerts = {
  readonly blocks: readonly Block[]
  /** Alerts that found no place. */
  readonly without: readonly Compiled[]
  /** What ran and is aborted for an alert. */
  readonly preempted: readonly { readonly id: string; readonly by: string; readonly atS: number }[]
}

/** Alerts come first, by level and then by priority, each as soon as can be. They abort what is none, or of a higher level. */
export const placeAlerts = (prepared: Prepared, fixed: readonly Block[]): Alerts => {
  const blocks: Block[] = []
  const without: Compiled[] = []
  const alerts = prepared.candidates
    .filter(({ candidate }) => candidate.alert)
    .toSorted(
      (a, b) =>
        a.task.alertLevel - b.task.alertLevel ||
        a.candidate.priority - b.candidate.priority ||
        a.task.rank - b.task.rank,
    )
  for (const alert of alerts) {
    const held = fixed.filter(({ task }) => task.alert && !outranks(alert.task, task))
    const startS = alertStart(alert.task, [...held, ...blocks], prepared)
    if (startS === null) without.push(alert)
    else blocks.push({ kind: 'alert', task: alert.task, startS, endS: startS + alert.task.durationS })
  }
  const setupS = firstSetupS(prepared.input.setup)
  const preempted = fixed.flatMap((block) => {
    const by = blocks.find((alert) => outranks(alert.task, block.task) && overlap(alert, block, setupS))
    return by ? [{ id: block.task.id, by: by.task.id, atS: Math.max(block.startS, by.startS - setupS) }] : []
  })
  return { blocks, without, preempted }
}

/** What the previous plan starts in a moment stays, unless something that may not move is in its way. */
export const frozenBlocks = (prepared: Prepared, others: readonly Block[]): Block[] => {
  const { input, fromS, candidates } = prepared
  if (input.from === undefined) return []
  const marginS = leastSetupS(input.setup)
  return candidates.flatMap(({ task, candidate }): Block[] => {
    const startS = task.previousS
    if (candidate.alert || startS === null || startS < fromS || startS >= fromS + input.rules.freezeS)
      return []
    if (!task.starts.some(([from, until]) => startS >= from && startS <= until)) return []
    const block = { kind: 'frozen' as const, task, startS, endS: startS + task.durationS }
    return others.some((other) => overlap(block, other, marginS)) ? [] : [block]
  })
}
