import type { Decider } from '#domain/shared/decider.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { Account, QuotaEvent } from './events.ts'

export type GrantQuota = {
  readonly type: 'GrantQuota'
  readonly account: Account
  readonly seconds: number
  readonly why: string
  readonly at: Instant
}

/** A grant always adds, whatever was granted before: granting twice by mistake is a matter of the command's id. */
export const quotaGrants: Decider<null, GrantQuota, QuotaEvent> = {
  initial: null,
  evolve: (state) => state,
  decide: ({ account, seconds, why }) => [{ type: 'QuotaGranted', data: { account, seconds, why } }],
}
