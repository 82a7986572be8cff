import type { Account, QuotaEvent } from '#domain/requests/quotas/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import type { RowOf } from '#projections/engine/table.ts'
import { quotasTables } from './tables.ts'

const { insert } = changesOf(quotasTables)

const ms = (seconds: number): number => Math.round(seconds * 1000)

const nothing = {
  granted_ms: 0,
  reserved_ms: 0,
  spent_ms: 0,
  refunded_ms: 0,
  sequence_id: null,
  attempt: null,
  why: null,
}

const entry = (
  event: Recorded<QuotaEvent>,
  accounts: readonly Account[],
  kind: string,
  figures: Partial<Pick<RowOf<typeof quotasTables.quota_entry>, keyof typeof nothing>>,
) =>
  accounts.map(({ level, id, period }) =>
    insert('quota_entry', {
      ...nothing,
      ...figures,
      period,
      id: Number(event.revision) + 1,
      level,
      account_id: id,
      kind,
      night: event.metadata.night,
      entered_at: event.metadata.occurredAt,
      event_id: event.id,
    }),
  )

/** Every account of time: granted, reserved, spent. */
export const quotas = defineProjection({
  name: 'quotas',
  version: 1,
  tables: quotasTables,
  handles: {
    QuotaGranted: (event) => {
      const { account, seconds, why } = event.data
      return entry(event, [account], 'granted', { granted_ms: ms(seconds), why })
    },
    QuotaReserved: (event) => {
      const { accounts, seconds, sequenceId, scheduleVersion } = event.data
      return entry(event, accounts, 'reserved', {
        reserved_ms: ms(seconds),
        sequence_id: sequenceId,
        why: `plan ${scheduleVersion}`,
      })
    },
    QuotaReleased: (event) => {
      const { accounts, seconds, sequenceId, why } = event.data
      return entry(event, accounts, 'released', { reserved_ms: -ms(seconds), sequence_id: sequenceId, why })
    },
    QuotaSpent: (event) => {
      const { accounts, seconds, refundedSeconds, sequenceId, attempt } = event.data
      return entry(event, accounts, 'spent', {
        reserved_ms: -(ms(seconds) + ms(refundedSeconds)),
        spent_ms: ms(seconds),
        refunded_ms: ms(refundedSeconds),
        sequence_id: sequenceId,
        attempt,
      })
    },
  },
})
