import { type Due, dueAfter } from './cadence.ts'
import { fairnessOf } from './fairness.ts'
import type { Candidate, PlanInput, QuotaLevel } from './input.ts'
import { type Interval, intersect, union, without } from './interval.ts'
import { type Night, nightFor, secondsFrom, wholeNight } from './night.ts'
import { worthOf } from './rules.ts'
import type { Task } from './search/task.ts'
import { bestSine, shifted } from './sky/altitude.ts'
import { type Sighting, visibleWhen, type Watch, watchOf } from './visibility.ts'

export type Group = {
  readonly level: QuotaLevel
  readonly id: string
  readonly leftS: number
  readonly usedS?: number | undefined
  readonly shareS?: number | undefined
}

/** A candidate in seconds of its night. */
export type Compiled = {
  readonly candidate: Candidate
  readonly sighting: Sighting | null
  readonly task: Task
  readonly due: Due
  /** Where it may start whether due or not: the repeats within the night. */
  readonly anyStarts: readonly Interval[]
}

/** The input worked out against the sky of its night: what planning, re-planning and explaining start from. */
export type Prepared = {
  readonly input: PlanInput
  readonly night: Night
  readonly watch: Watch
  /** Now, at the earliest the start of the night. */
  readonly fromS: number
  readonly closures: readonly Interval[]
  readonly groups: readonly Group[]
  /** What the demand of each group counts, 0.5 to 1. */
  readonly fairness: readonly number[]
  /** Sorted by id: the order of the input has no effect. */
  readonly candidates: readonly Compiled[]
}

type Frame = Omit<Prepared, 'candidates'> & {
  readonly groupNumbers: ReadonlyMap<string, number>
  /** The first of what the previous plan has of each. */
  readonly previous: ReadonlyMap<string, number>
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

// Longer ago and farther ahead than any night.
const openS = 1e9

/** The windows a candidate asked for, in seconds of the night. */
export const windowsOf = (candidate: Candidate, night: Night): Interval[] =>
  candidate.windows.length === 0
    ? wholeNight(night)
    : union(
        candidate.windows.map(({ from, until }) => [
          from === undefined ? -openS : secondsFrom(night, from),
          until === undefined ? openS : secondsFrom(night, until),
        ]),
      )

const setupInside = ({ setup, rules }: PlanInput): number =>
  rules.setupInsideWindow && setup.kind === 'fixed' ? setup.seconds : 0

/** The stretches in which the exposure may lie, as asked for: windows, the set-up inside them where that is the rule. */
export const askedFor = (
  candidate: Candidate,
  { input, night }: Pick<Prepared, 'input' | 'night'>,
): Interval[] => windowsOf(candidate, night).map(([from, until]) => [from + setupInside(input), until])

/** Starts at whole seconds from which the exposure fits. */
const startsIn = (stretches: readonly Interval[], durationS: number, fromS: number): Interval[] =>
  stretches.flatMap(([from, until]): Interval[] => {
    const first = Math.max(Math.ceil(from), Math.ceil(fromS))
    const last = Math.floor(until - durationS)
    return first <= last ? [[first, last]] : []
  })

/** Whole seconds within intervals. */
const whole = (intervals: readonly Interval[]): Interval[] =>
  intersect(
    intervals,
    intervals.map(([from, until]): Interval => [Math.ceil(from), Math.floor(until)]),
  )

const groupsOf = (candidate: Candidate, numbers: ReadonlyMap<string, number>): number[] =>
  (['user', 'country', 'programme'] as const).flatMap((level) => {
    const id = candidate[level]
    const group = id === undefined ? undefined : numbers.get(`${level} ${id}`)
    return group === undefined ? [] : [group]
  })

export const openWhen = ({ night, closures }: Pick<Prepared, 'night' | 'closures'>): Interval[] =>
  closures.reduce<Interval[]>(without, wholeNight(night))

const compileOne = (
  candidate: Candidate,
  rank: number,
  open: readonly Interval[],
  frame: Frame,
): Compiled => {
  const { watch, night, input } = frame
  const { durationS, target, constraints } = candidate
  const asked = intersect(open, askedFor(candidate, frame))
  const sighting = target ? watch.sighting(target) : null
  const seen = sighting ? visibleWhen(watch, asked, sighting, constraints) : asked
  const due = dueAfter(
    candidate.cadence,
    candidate.previousStarts.map((at) => secondsFrom(night, at)),
    frame.fromS,
  )
  const anyStarts = startsIn(seen, durationS, frame.fromS)
  const starts = due.left === 0 ? [] : whole(intersect(anyStarts, [due.starts]))
  const groups = groupsOf(candidate, frame.groupNumbers)
  const fairness = groups.reduce((least, g) => Math.min(least, frame.fairness[g] ?? 1), 1)
  const wave = sighting ? shifted(sighting.wave, durationS / 2, watch.sky.rotation) : null
  return {
    candidate,
    sighting,
    due,
    anyStarts,
    task: {
      id: candidate.id,
      rank,
      worth: fairness * worthOf(candidate.priority, durationS, input.rules),
      // Per second of its duration, so that of two in a row the better priority comes first, not the shorter.
      urgency: worthOf(candidate.priority, durationS, { ...input.rules, durationPower: 1 }),
      durationS,
      chargeS: candidate.chargeS ?? durationS,
      starts,
      wave,
      bestSine: wave ? bestSine(wave, candidate.cadence ? anyStarts : starts, watch.sky.rotation) : 1,
      preferredS: candidate.preferredAt === null ? null : secondsFrom(night, candidate.preferredAt),
      toleranceS: candidate.preferredToleranceS,
      previousS: frame.previous.get(candidate.id) ?? null,
      groups,
      occurrence: candidate.previousStarts.length + 1,
      follows: false,
      repeats: candidate.cadence !== null && due.left > 1,
      direction: sighting?.direction ?? null,
      filterIn: candidate.filterIn,
      filterOut: candidate.filterOut,
      alert: candidate.alert,
      alertLevel: candidate.alertLevel,
    },
  }
}

const frameOf = (input: PlanInput): Frame => {
  const night = nightFor(input)
  const groups = input.quotas.toSorted((a, b) => byText(a.level, b.level) || byText(a.id, b.id))
  return {
    input,
    night,
    watch: watchOf(night.sky, input.horizon),
    fromS: Math.max(0, input.from === undefined ? 0 : secondsFrom(night, input.from)),
    closures: input.closures.map(({ from, until }) => [secondsFrom(night, from), secondsFrom(night, until)]),
    groups,
    fairness: groups.map(fairnessOf),
    groupNumbers: new Map(groups.map(({ level, id }, i) => [`${level} ${id}`, i])),
    previous: new Map(
      input.previous
        .toSorted((a, b) => byText(b.startsAt, a.startsAt))
        .map(({ id, startsAt }) => [id, secondsFrom(night, startsAt)]),
    ),
  }
}

/** Works the night and every candidate out. */
export const prepare = (input: PlanInput): Prepared => {
  const frame = frameOf(input)
  const open = openWhen(frame)
  const rankOf = new Map(
    input.candidates
      .toSorted((a, b) => a.submitted - b.submitted || byText(a.id, b.id))
      .map(({ id }, rank) => [id, rank]),
  )
  const candidates = input.candidates
    .toSorted((a, b) => byText(a.id, b.id))
    .map((candidate) => compileOne(candidate, rankOf.get(candidate.id) ?? 0, open, frame))
  return { ...frame, candidates }
}

/** One more candidate in a night that is worked out already. */
export const prepareOne = (candidate: Candidate, prepared: Prepared): Compiled => {
  const groupNumbers = new Map(prepared.groups.map(({ level, id }, i) => [`${level} ${id}`, i]))
  const frame = { ...prepared, groupNumbers, previous: new Map<string, number>() }
  return compileOne(candidate, prepared.candidates.length, openWhen(prepared), frame)
}
