import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { epochMsOf, type Instant, instantOf } from '#domain/shared/time.ts'
import type { RecordPlcUnreachable } from './commands.ts'
import { quantityNames } from './events.ts'
import type { SafetyRules } from './limits.ts'
import type { EnvironmentState } from './state.ts'

/**
 * While the PLC is silent, polls leave nothing in the log but where a quantity went stale. Rules with other stale limits
 * have these moments at other times: here they are, the first moment past each limit after the last answer.
 */
export const staleMoments = (
  { assessedAt, linkLostAt }: EnvironmentState,
  base: SafetyRules,
  rules: SafetyRules,
): Instant[] => {
  if (assessedAt === null || linkLostAt === null) return []
  const others = quantityNames
    .map((name) => ({ is: rules.limits[name].staleAfterS, was: base.limits[name].staleAfterS }))
    .filter(({ is, was }) => is !== was)
    .map(({ is }) => instantOf(epochMsOf(assessedAt) + is * 1000 + 1))
  return [...new Set(others)].sort()
}

/** A poll that nobody answered, in an outage that is on record. */
export const silentPoll = (at: Instant, night: string, rules: SafetyRules): RecordPlcUnreachable => ({
  type: 'RecordPlcUnreachable',
  commandId: uuidFrom(`silence/${at}`, noctuaryNamespace),
  at,
  night,
  rules,
  address: '',
  phase: 'connect',
  detail: '',
})
