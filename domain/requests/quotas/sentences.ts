import type { DomainEvent } from '#domain/shared/event.ts'
import { type Account, type QuotaEvent, quotaEvents } from './events.ts'

const types: ReadonlySet<string> = new Set(quotaEvents.map(({ type }) => type))

export const isQuotaEvent = <E extends DomainEvent>(event: E): event is E & QuotaEvent =>
  types.has(event.type)

const nameOf = ({ level, id }: Account): string => `${level} ${id}`

const of = (accounts: readonly Account[]): string =>
  `${accounts.map(nameOf).join(', ')} in ${accounts[0]?.period ?? 'no period'}`

/** What an entry of the ledger of quotas says, as one sentence in the observatory's log. */
export const quotaSentence = (event: QuotaEvent): string => {
  switch (event.type) {
    case 'QuotaGranted': {
      const { account, seconds, why } = event.data
      return `${seconds} s granted to ${of([account])}: ${why}`
    }
    case 'QuotaReserved': {
      const { sequenceId, accounts, seconds, scheduleVersion } = event.data
      return `${seconds} s reserved for ${sequenceId}, placed by plan ${scheduleVersion}, from ${of(accounts)}`
    }
    case 'QuotaReleased': {
      const { sequenceId, accounts, seconds, why } = event.data
      return `${seconds} s of ${sequenceId} free again for ${of(accounts)}: ${why}`
    }
    case 'QuotaSpent': {
      const { sequenceId, accounts, seconds, refundedSeconds } = event.data
      const refund = refundedSeconds > 0 ? `, ${refundedSeconds} s refunded` : ''
      return `${seconds} s spent on ${sequenceId} by ${of(accounts)}${refund}`
    }
  }
}
