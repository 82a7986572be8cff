import { leftOf } from '#domain/requests/quotas/ledger.ts'
import { semesterOf } from '#domain/requests/quotas/semester.ts'
import type { Site } from '#domain/shared/site.ts'
import { addSeconds, type Instant } from '#domain/shared/time.ts'
import { candidateFrom } from '../from-sequence.ts'
import { type Candidate, type PlanInput, type QuotaLevel, quotaLevels } from '../input.ts'
import { type PlannerRules, rulesSchema } from '../rules.ts'
import { setupSchema } from '../telescope.ts'
import type { Desk, Open, Standing } from './desk.ts'
import { beginningS } from './on-plan.ts'
import { closuresAt } from './roof.ts'

/** What holds for every plan of an observatory. */
export type PlannerSettings = {
  readonly site: Site
  readonly setup: PlanInput['setup']
  readonly rules: PlannerRules
  readonly horizon: PlanInput['horizon']
}

/** One plan to be made: which night, as of when, and whether what stood before is to be kept where it can. */
export type Occasion = {
  readonly night: string
  readonly at: Instant
  readonly keep: boolean
  readonly previous: Standing['placed']
}

export const candidateOf = ({ sequence, share, startedAts, ...owner }: Open): Candidate => ({
  ...candidateFrom(
    { ...sequence, durationS: Math.max(1, Math.ceil(sequence.durationS * share)) },
    { ...owner, previousStarts: startedAts },
  ),
  // Attempts before were refunded wholly.
  ...(share < 1 ? { chargeS: sequence.durationS } : {}),
})

/** Placed before, being set up for, and not yet begun: it is as good as running. */
const beginning = ({ open }: Desk, { at, previous }: Occasion): Standing['placed'] =>
  previous.filter(
    ({ sequenceId, setupAt, startsAt, endsAt, kind }) =>
      kind !== 'fixed' &&
      open.has(sequenceId) &&
      setupAt <= at &&
      at < addSeconds(startsAt, beginningS) &&
      endsAt > at,
  )

const targetOf = (open: Open | undefined): PlanInput['fixed'][number]['target'] => {
  const target = open?.sequence.target
  if (!target) return null
  const { raDeg, decDeg, properMotion } = target
  return { raDeg, decDeg, ...(properMotion ? { properMotion } : {}) }
}

/** What the telescope is at, or about to be. The roof closing leaves nothing about to begin. */
const fixedOf = (desk: Desk, occasion: Occasion, closed: boolean): PlanInput['fixed'] => {
  const { running, open } = desk
  const block = (id: string, startsAt: Instant, endsAt: Instant) => ({
    id,
    startsAt,
    endsAt,
    target: targetOf(open.get(id)),
    alert: open.get(id)?.alert ?? false,
    alertLevel: open.get(id)?.alertLevel ?? 1,
  })
  if (running && running.endsAt > occasion.at)
    return [block(running.sequenceId, running.startsAt, running.endsAt)]
  if (closed) return []
  return beginning(desk, occasion).map(({ sequenceId, startsAt, endsAt }) =>
    block(sequenceId, startsAt, endsAt),
  )
}

/** Accounts without a grant have no limit. What the candidates themselves hold is theirs to use. */
const quotasOf = (desk: Desk, candidates: readonly Candidate[], night: string): PlanInput['quotas'] => {
  const period = semesterOf(night)
  const planned = new Set(candidates.map(({ id }) => id))
  const ids = (level: QuotaLevel) => new Set(candidates.flatMap((candidate) => candidate[level] ?? []))
  return quotaLevels.flatMap((level) =>
    [...ids(level)].flatMap((id) => {
      const leftS = leftOf(desk.ledger, { level, id, period }, planned)
      return leftS === null ? [] : [{ level, id, leftS: Math.max(0, leftS) }]
    }),
  )
}

const previousOf = (desk: Desk, { keep, at, previous }: Occasion, { rules }: PlannerSettings) => {
  const soon = addSeconds(at, rules.freezeS)
  const ahead = previous.filter(
    ({ sequenceId, startsAt, kind }) =>
      kind !== 'fixed' && desk.open.has(sequenceId) && startsAt >= at && (keep || startsAt < soon),
  )
  // Of a cadence the first that is still to come counts: the others follow it.
  const first = new Map(ahead.toReversed().map(({ sequenceId, startsAt }) => [sequenceId, startsAt]))
  return [...first].map(([id, startsAt]) => ({ id, startsAt })).toReversed()
}

/** The whole input of one plan, from the desk alone. */
export const planInputFor = (desk: Desk, occasion: Occasion, settings: PlannerSettings): PlanInput => {
  const { night, at } = occasion
  const closures = closuresAt(desk.roof, at)
  const fixed = fixedOf(desk, occasion, closures.length > 0)
  const held = new Set([...fixed.map(({ id }) => id), desk.running?.sequenceId])
  const candidates = [...desk.open.values()].filter(({ sequence }) => !held.has(sequence.id)).map(candidateOf)
  return {
    ...settings,
    night,
    from: at,
    closures,
    candidates,
    quotas: quotasOf(desk, candidates, night),
    fixed,
    previous: previousOf(desk, occasion, settings).filter(({ id }) => !held.has(id)),
  }
}

/** The settings by default: a telescope that slews, and the rules as they are built in. */
export const plannerSettings = (site: Site): PlannerSettings => ({
  site,
  setup: setupSchema.parse({ kind: 'slewing' }),
  rules: rulesSchema.parse({}),
  horizon: [],
})
