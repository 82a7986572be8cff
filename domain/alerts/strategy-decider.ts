import { canonicalJson } from '#domain/shared/canonical-json.ts'
import type { Decider } from '#domain/shared/decider.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { StrategyAdopted } from './events.ts'
import type { Adopted } from './judge.ts'
import type { Strategy } from './strategy.ts'

export type AdoptStrategy = {
  readonly type: 'AdoptStrategy'
  readonly strategy: Strategy
  readonly at: Instant
  /** Only where there is none of that name yet: for what is shipped. */
  readonly unlessThere?: boolean
}

/** One strategy by its name. Adopting what holds already changes nothing. */
export const strategyDecider: Decider<Adopted | null, AdoptStrategy, StrategyAdopted> = {
  initial: null,
  evolve: (_, { data }) => data,
  decide: ({ strategy, unlessThere }, held) => {
    if (held && (unlessThere || canonicalJson(held.strategy) === canonicalJson(strategy))) return []
    return [
      { type: 'StrategyAdopted', data: { strategy, strategyVersion: (held?.strategyVersion ?? 0) + 1 } },
    ]
  },
}
