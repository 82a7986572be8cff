import type { Position } from '#domain/shared/event.ts'
import { changesBetween } from '../changes.ts'
import type { PlacedEntry, SchedulePublished } from '../events.ts'
import type { Placed } from '../placed.ts'
import type { Ask, Desk, Open } from './desk.ts'
import type { Planned } from './planned.ts'
import { closuresAt } from './roof.ts'
import { standingOf } from './standing.ts'

export type Answer = {
  readonly night: string
  readonly asks: readonly Ask[]
  readonly method: NonNullable<SchedulePublished['data']['method']>
  readonly basedOn: Position
  readonly at: string
}

const entryOf = (placed: Placed, open: Open | undefined, before: PlacedEntry | undefined): PlacedEntry => ({
  sequenceId: placed.id,
  requestId: open?.requestId ?? before?.requestId ?? placed.id,
  ...(placed.occurrence > 1 ? { occurrence: placed.occurrence } : {}),
  name: open?.sequence.name ?? before?.name ?? placed.id,
  kind: placed.kind,
  setupAt: placed.setupAt,
  startsAt: placed.startsAt,
  endsAt: placed.endsAt,
  priority: open?.sequence.priority ?? before?.priority ?? 0,
  value: placed.value,
  quality: placed.quality,
  raDeg: open?.sequence.target?.raDeg ?? before?.raDeg ?? null,
  decDeg: open?.sequence.target?.decDeg ?? before?.decDeg ?? null,
  altitudeDeg: placed.altitudeDeg,
  airmass: placed.airmass,
  moonSeparationDeg: placed.moonSeparationDeg,
  slackBeforeS: placed.slackBeforeS,
  slackAfterS: placed.slackAfterS,
  // What runs is charged for by what it held when it was placed. Attempts before were refunded wholly, so one that goes
  // on is charged for all.
  chargeS: placed.kind === 'fixed' ? (before?.chargeS ?? 0) : (open?.sequence.durationS ?? 0),
})

/**
 * What must end: those about to begin as well, as their start may be on its way into the log. A plan that was made before
 * something began does not know that it runs: an alert that was put into such a plan ends it all the same.
 */
const preemptedBy = (
  { running, open }: Desk,
  { preempted, placed }: Planned['plan'],
): SchedulePublished['data']['preempted'] => {
  const known = preempted.map(({ id, by }) => ({ sequenceId: id, by }))
  if (!running) return known
  const { sequenceId, endsAt } = running
  const runs = open.get(sequenceId)
  if ([...placed, ...preempted].some(({ id }) => id === sequenceId)) return known
  const alert = placed.find(
    ({ id, kind, startsAt }) =>
      kind === 'alert' &&
      startsAt < endsAt &&
      !(runs?.alert && runs.alertLevel <= (open.get(id)?.alertLevel ?? 1)),
  )
  return alert ? [...known, { sequenceId, by: alert.id }] : known
}

/** A plan as the next version of its night. */
export const publicationOf = (
  desk: Desk,
  { plan, inputsHash, unplaced }: Planned,
  { night, asks, method, basedOn, at }: Answer,
): SchedulePublished['data'] => {
  const standing = standingOf(desk, night)
  const before = new Map(standing?.placed.map((entry) => [entry.sequenceId, entry]))
  const placed = plan.placed
    .filter(({ endsAt }) => endsAt > at)
    .map((entry) => entryOf(entry, desk.open.get(entry.id), before.get(entry.id)))
  const codes = new Map(unplaced.map(({ sequenceId, code }) => [sequenceId, code]))
  return {
    scheduleVersion: (standing?.scheduleVersion ?? 0) + 1,
    asks: asks.map(({ why, eventId }) => ({ why, eventId })),
    plannerVersion: plan.plannerVersion,
    inputsHash,
    basedOn: { commit: `${basedOn.commit}`, prepare: `${basedOn.prepare}` },
    from: plan.from,
    until: plan.until,
    objective: plan.objective,
    bound: plan.bound,
    placed,
    unplaced: unplaced.map(({ sequenceId, code }) => ({
      sequenceId,
      requestId: desk.open.get(sequenceId)?.requestId ?? sequenceId,
      code,
    })),
    preempted: preemptedBy(desk, plan),
    method,
    closures: closuresAt(desk.roof, at),
    changes: changesBetween(standing?.placed ?? [], placed, { from: at, codes }),
  }
}

const ahead = (entries: readonly PlacedEntry[], from: string): string[] =>
  entries.flatMap(({ sequenceId, startsAt, kind }) =>
    kind === 'fixed' || startsAt < from ? [] : [`${sequenceId} ${startsAt}`],
  )

const said = ({ placed, unplaced, preempted }: Said, from: string): string =>
  JSON.stringify([
    ahead(placed, from),
    unplaced.map(({ sequenceId, code }) => `${sequenceId} ${code}`).toSorted(),
    preempted.map(({ sequenceId, by }) => `${sequenceId} ${by}`),
  ])
type Said = { readonly placed: readonly PlacedEntry[] } & Pick<
  SchedulePublished['data'],
  'unplaced' | 'preempted'
>

/** Whether a version says something new. A person who asks gets one in any case, and every night has a first. */
export const isWorthPublishing = (desk: Desk, next: SchedulePublished['data'], answer: Answer): boolean => {
  const standing = standingOf(desk, answer.night)
  if (!standing || answer.asks.some(({ why }) => why === 'person')) return true
  return said(standing, next.from) !== said(next, next.from)
}

const valueAhead = (entries: readonly PlacedEntry[], from: string): number =>
  entries.reduce((sum, { startsAt, value }) => sum + (startsAt < from ? 0 : value), 0)

/** Whether a whole plan is enough better than the one an alert was put into. */
export const isEnoughBetter = (
  desk: Desk,
  next: SchedulePublished['data'],
  night: string,
  gain: number,
): boolean => {
  const placed = standingOf(desk, night)?.placed ?? []
  return valueAhead(next.placed, next.from) > valueAhead(placed, next.from) * (1 + gain)
}
