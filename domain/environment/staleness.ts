import { type Instant, secondsBetween } from '#domain/shared/time.ts'
import { type EnvironmentEvent, quantityNames } from './events.ts'
import type { SafetyRules } from './limits.ts'
import type { EnvironmentState } from './state.ts'

type Stale = Extract<EnvironmentEvent, { type: 'EnvironmentWentStale' }>['data']['quantities']

/** The quantities that were known and whose last sample is too old by now. */
export const staleQuantities = (
  { quantities, assessedAt }: EnvironmentState,
  rules: SafetyRules,
  at: Instant,
): Stale => {
  if (assessedAt === null) return []
  const ageS = secondsBetween(assessedAt, at)
  return quantityNames
    .filter((name) => {
      const judgement = quantities[name]
      return judgement && judgement.state !== 'unknown' && ageS > rules.limits[name].staleAfterS
    })
    .map((quantity) => ({
      quantity,
      lastSampleAt: assessedAt,
      staleAfterS: rules.limits[quantity].staleAfterS,
    }))
}
