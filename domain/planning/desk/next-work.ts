import type { Site } from '#domain/shared/site.ts'
import { addSeconds, type Instant } from '#domain/shared/time.ts'
import { comingNight } from '../coming-night.ts'
import type { Ask, Desk, Standing } from './desk.ts'
import { closuresAt } from './roof.ts'

/** What a planner remembers beside the log; without any of it the same is decided, only more slowly. */
export type Memory = {
  /** Asks that a plan has answered without a change worth publishing. */
  readonly answered: ReadonlySet<string>
  /** When a plan was last made because of the roof, and until when it took the roof to be closed. */
  readonly roofPlannedAt: Instant | null
  readonly closedUntil: Instant | null
  /** The plan that an alert can be put into. */
  readonly base: { readonly hash: string; readonly night: string } | null
  /** The version that was looked at as a whole after an alert was put in. */
  readonly improved: string | null
}

export const noMemory: Memory = {
  answered: new Set(),
  roofPlannedAt: null,
  closedUntil: null,
  base: null,
  improved: null,
}

export type Work =
  /** No plan of this night was made or asked for yet. */
  | { readonly kind: 'begin-night'; readonly night: string }
  | { readonly kind: 'insert-alert'; readonly night: string; readonly asks: readonly Ask[] }
  | { readonly kind: 'plan'; readonly night: string; readonly asks: readonly Ask[] }
  | { readonly kind: 'explain'; readonly standing: Standing }
  /** The whole night once more, after an alert was put into the plan. */
  | { readonly kind: 'improve'; readonly standing: Standing }
  | { readonly kind: 'wait'; readonly until: Instant | null }

/** From one plan for the roof's sake to the next at the least: a verdict that comes and goes is no reason to plan each time. */
const roofCalmS = 60

const isRoofs = ({ why }: Ask): boolean => why === 'weather' || why === 'conditions'

const latest = (a: Instant | null, b: Instant | null): Instant | null => (a && b ? (a > b ? a : b) : (a ?? b))

const dueAt = (ask: Ask, desk: Desk, memory: Memory): Instant => {
  const planned = isRoofs(ask) ? latest(desk.roofPlannedAt, memory.roofPlannedAt) : null
  return planned === null ? ask.at : addSeconds(planned, roofCalmS)
}

/** Everything is where the plan in force has it, and the roof open all the night: then an alert can be put into that plan. */
const onPlan = ({ standing, open, running, roof }: Desk, at: Instant): boolean =>
  standing?.placed.every(({ sequenceId, startsAt, kind }) => {
    if (kind === 'fixed' || running?.sequenceId === sequenceId) return true
    return startsAt > at === open.has(sequenceId)
  }) === true &&
  (standing.closures ?? []).length + closuresAt(roof, at).length === 0 &&
  (running === null || standing.placed.some(({ sequenceId }) => sequenceId === running.sequenceId))

const toInsert = (asks: readonly Ask[], desk: Desk, memory: Memory, night: string, at: Instant): Ask[] => {
  const based = desk.standing?.night === night && memory.base?.night === night
  return based && onPlan(desk, at)
    ? asks.filter(({ why, requestId }) => why === 'alert' && requestId !== null)
    : []
}

/** Until when the newest plan took the roof to be closed. */
const closedUntilOf = ({ standing }: Desk, { closedUntil }: Memory): Instant | null =>
  (standing?.closures ?? []).reduce((until, closure) => latest(until, closure.until), closedUntil)

/** The roof is closed for longer than the plan took it to be: that asks once more. */
const stillClosed = (desk: Desk, memory: Memory, at: Instant): Ask[] => {
  const closed = desk.roof.verdict ?? desk.roof.suspension
  const closedUntil = closedUntilOf(desk, memory)
  if (!closed || closedUntil === null || at < closedUntil) return []
  const { eventId, since } = closed
  return [
    {
      why: 'weather',
      eventId,
      correlationId: eventId,
      at: since,
      position: { commit: 0n, prepare: 0n },
      keep: true,
      simulated: false,
      requestId: null,
    },
  ]
}

const firstOf = (instants: readonly Instant[]): Instant | null => instants.toSorted()[0] ?? null

const idleUntil = (
  pending: readonly Ask[],
  desk: Desk,
  memory: Memory,
  at: Instant,
  anotherNightAt: Instant,
): Instant | null => {
  const closed = desk.roof.verdict ?? desk.roof.suspension
  const renewalAt = closed ? closedUntilOf(desk, memory) : null
  const dues = pending.map((ask) => dueAt(ask, desk, memory))
  return firstOf([...dues, ...(renewalAt && renewalAt > at ? [renewalAt] : []), anotherNightAt])
}

/** The alerts that can be put into the plan in force at once, whatever else is asked. */
export const insertableAlerts = (desk: Desk, memory: Memory, at: Instant, site: Site): readonly Ask[] => {
  const work = nextWork(desk, memory, at, site)
  return work.kind === 'insert-alert' ? work.asks : []
}

/** What the planner does next at an instant; pure. One plan answers all that is asked by then. */
export const nextWork = (desk: Desk, memory: Memory, at: Instant, site: Site): Work => {
  const { night, until: anotherNightAt } = comingNight(at, site)
  const { standing } = desk
  const pending = desk.asks.filter(({ eventId }) => !memory.answered.has(eventId))
  if (standing?.night !== night && pending.length === 0) return { kind: 'begin-night', night }
  const asks = [...pending, ...stillClosed(desk, memory, at)]
  if (asks.some((ask) => dueAt(ask, desk, memory) <= at)) {
    const alerts = toInsert(asks, desk, memory, night, at)
    return alerts.length > 0 ? { kind: 'insert-alert', night, asks: alerts } : { kind: 'plan', night, asks }
  }
  if (standing?.night === night) {
    if (!standing.explained) return { kind: 'explain', standing }
    if (standing.method === 'alert-inserted' && memory.improved !== standing.eventId)
      return { kind: 'improve', standing }
  }
  return { kind: 'wait', until: idleUntil(pending, desk, memory, at, anotherNightAt) }
}
