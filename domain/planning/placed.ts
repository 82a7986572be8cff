import { instantOf } from '../shared/time.ts'
import type { Prepared } from './compile.ts'
import type { Block } from './pinned.ts'
import { qualityAt } from './search/quality.ts'
import { exactSetupS, firstSetupS } from './search/setup.ts'
import type { Solution } from './search/solve.ts'
import type { Task } from './search/task.ts'
import { airmassAt } from './sky/airmass.ts'
import { sineAt } from './sky/altitude.ts'
import { degreesBetween } from './sky/moon.ts'

/** One entry of a plan. */
export type Placed = {
  readonly id: string
  /** Of a cadence, which of its exposures, from 1. */
  readonly occurrence: number
  readonly kind: Block['kind']
  /** When the telescope begins to set up for it. */
  readonly setupAt: string
  readonly startsAt: string
  readonly endsAt: string
  readonly setupS: number
  readonly worth: number
  readonly quality: number
  readonly value: number
  /** How much earlier and how much later it could start with everything else sliding along; 0 for what is pinned. */
  readonly slackBeforeS: number
  readonly slackAfterS: number
  /** In the middle of the exposure; null for what needs no sky. */
  readonly altitudeDeg: number | null
  readonly airmass: number | null
  readonly moonSeparationDeg: number | null
  /** Against the previous plan; null when it was not in it. */
  readonly movedS: number | null
}

type Timed = {
  readonly kind: Placed['kind']
  readonly task: Task
  readonly startS: number
  readonly endS: number
  readonly slackBeforeS: number
  readonly slackAfterS: number
}

const timed = ({ space, route, slots }: Solution, blocks: readonly Block[]): Timed[] => {
  const { gridS } = space.problem
  const free = route.rows.flatMap((row, p): Timed[] => {
    if (row.pinned) return []
    const slot = slots[p] ?? 0
    return [
      {
        kind: 'planned',
        task: row.task,
        startS: slot * gridS,
        endS: slot * gridS + row.durationS,
        slackBeforeS: (slot - (route.earliest[p] ?? slot)) * gridS,
        slackAfterS: ((route.latest[p] ?? slot) - slot) * gridS,
      },
    ]
  })
  const still = blocks.map((block) => ({ ...block, slackBeforeS: 0, slackAfterS: 0 }))
  return [...free, ...still].toSorted((a, b) => a.startS - b.startS)
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits))

const lookOf = (
  { task, startS }: Timed,
  { night }: Prepared,
): Pick<Placed, 'altitudeDeg' | 'airmass' | 'moonSeparationDeg'> => {
  if (!task.wave || !task.direction) return { altitudeDeg: null, airmass: null, moonSeparationDeg: null }
  const { rotation, moon } = night.sky
  const altitude = (Math.asin(sineAt(task.wave, startS, rotation)) * 180) / Math.PI
  const moonAt = moon.directions[Math.round((startS + task.durationS / 2) / moon.stepS)]
  return {
    altitudeDeg: round(altitude, 2),
    airmass: round(airmassAt(altitude), 3),
    moonSeparationDeg: moonAt ? round(degreesBetween(task.direction, moonAt), 1) : null,
  }
}

export const placedOf = (prepared: Prepared, solution: Solution, blocks: readonly Block[]): Placed[] => {
  const { input, night } = prepared
  const entries = timed(solution, blocks)
  const at = (seconds: number) => instantOf(night.sky.originMs + seconds * 1000)
  return entries.map((entry, i) => {
    const { task, startS, endS, kind } = entry
    const before = entries[i - 1]
    const setupS = before
      ? exactSetupS(input.setup, before.task, task, before.endS, night.sky.rotation)
      : firstSetupS(input.setup)
    const quality = task.worth === 0 ? 0 : qualityAt(task, startS, night.sky.rotation)
    return {
      id: task.id,
      occurrence: task.occurrence,
      kind,
      setupAt: at(startS - (kind === 'fixed' ? 0 : setupS)),
      startsAt: at(startS),
      endsAt: at(endS),
      setupS: kind === 'fixed' ? 0 : round(setupS, 1),
      worth: round(task.worth, 6),
      quality: round(quality, 6),
      value: task.worth * quality,
      slackBeforeS: entry.slackBeforeS,
      slackAfterS: entry.slackAfterS,
      ...lookOf(entry, prepared),
      movedS: task.previousS === null ? null : startS - task.previousS,
    }
  })
}
