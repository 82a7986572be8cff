import type { Instant } from '#domain/shared/time.ts'
import {
  type EnvironmentAssessed,
  type Judgement,
  type QuantityName,
  quantityNames,
  type SafetyState,
  safetyStateSchema,
} from './events.ts'
import { judge } from './judgement.ts'
import type { SafetyRules } from './limits.ts'
import { type Reason, reasonFor } from './reasons.ts'
import type { Quantities } from './state.ts'

type Verdict = EnvironmentAssessed['data']['verdict']

const badness = (state: SafetyState): number => safetyStateSchema.options.indexOf(state)

/** Everything that counts: what has been judged, and what is mandatory and has not been. */
const judgements = (quantities: Quantities, rules: SafetyRules, at: Instant): [QuantityName, Judgement][] =>
  quantityNames.flatMap((name) => {
    const limit = rules.limits[name]
    const known = quantities[name]
    if (known) return [[name, known]]
    return limit.mandatory
      ? [[name, judge(name, undefined, undefined, limit, { at, lastSampleAt: null })]]
      : []
  })

const notSafe = (quantities: Quantities, rules: SafetyRules, at: Instant): [QuantityName, Judgement][] =>
  judgements(quantities, rules, at)
    .filter(([, { state }]) => state !== 'safe')
    .sort(([, a], [, b]) => badness(b.state) - badness(a.state))

/** When the last of the delays has passed; null as long as a quantity closes the roof that has none running. */
const reopening = (reasons: readonly [QuantityName, Judgement][]): Instant | null => {
  let last: Instant | null = null
  for (const [, { state, safeExpectedAt }] of reasons) {
    if (safeExpectedAt === null && state !== 'warn') return null
    if (safeExpectedAt !== null && (last === null || safeExpectedAt > last)) last = safeExpectedAt
  }
  return last
}

/** The worst of all quantities. */
export const verdictOn = (
  quantities: Quantities,
  before: Verdict | null,
  rules: SafetyRules,
  at: Instant,
): Verdict => {
  const reasons = notSafe(quantities, rules, at)
  const state = reasons[0]?.[1].state ?? 'safe'
  const closed = state === 'unsafe' || state === 'unknown'
  return {
    state,
    since: before?.state === state ? before.since : at,
    reopenExpectedAt: closed ? reopening(reasons) : null,
  }
}

/** Every quantity that is not safe, worst first, with a sentence. */
export const reasonsOf = (quantities: Quantities, rules: SafetyRules, at: Instant): Reason[] =>
  notSafe(quantities, rules, at).map(([name, judgement]) => reasonFor(name, judgement, rules.limits[name]))

/** Two verdicts are the same when the same quantities are in the same states. */
export const groundsOf = (quantities: Quantities, rules: SafetyRules): string =>
  quantityNames
    .map((name) => quantities[name]?.state ?? (rules.limits[name].mandatory ? 'unknown' : 'safe'))
    .join()
