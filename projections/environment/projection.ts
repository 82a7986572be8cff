import { type EnvironmentAssessed, quantityNames } from '#domain/environment/events.ts'
import { limitTable } from '#domain/environment/limit-table.ts'
import { pollIdOf } from '#domain/environment/poll-id.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { environmentTables } from './tables.ts'

const { insert, put } = changesOf(environmentTables)

const quantityRows = ({ data, metadata: { site, occurredAt } }: Recorded<EnvironmentAssessed>) =>
  quantityNames.flatMap((quantity) => {
    const judgement = data.quantities[quantity]
    if (!judgement) return []
    return put('environment_quantity', {
      site,
      quantity,
      value: judgement.value,
      unit: judgement.unit,
      state: judgement.state,
      since: judgement.since,
      interpretation: judgement.interpretation,
      action: judgement.action,
      unsafe_limit: judgement.limit,
      margin: judgement.margin,
      safe_expected_at: judgement.safeExpectedAt,
      updated: occurredAt,
    })
  })

/** What is known of the environment now, quantity by quantity, and every verdict given. */
export const environment = defineProjection({
  name: 'environment',
  version: 1,
  tables: environmentTables,
  handles: {
    EnvironmentAssessed: (event) => [
      ...quantityRows(event),
      put('environment_poll', {
        site: event.metadata.site,
        id: pollIdOf(event.metadata.night, event.data.poll),
        updated: event.metadata.occurredAt,
        flags: event.data.flags,
        reopen_expected_at: event.data.verdict.reopenExpectedAt,
      }),
    ],
    EnvironmentWentStale: ({ data: { quantities }, metadata: { site, occurredAt } }) =>
      quantities.map(({ quantity }) =>
        put('environment_quantity', {
          site,
          quantity,
          value: null,
          unit: limitTable[quantity].unit,
          state: 'unknown',
          since: occurredAt,
          interpretation: 'unknown',
          action: 'secure',
          unsafe_limit: null,
          margin: null,
          safe_expected_at: null,
          updated: occurredAt,
        }),
      ),
    SafetyVerdictGiven: ({ id, data, metadata: { site, night, occurredAt, rulesVersion } }) => [
      insert('safety_verdict', {
        event_id: id,
        site,
        night,
        state: data.state,
        previous: data.previous,
        since: occurredAt,
        reasons: data.reasons,
        reading_ids: data.readingIds,
        reopen_expected_at: data.reopenExpectedAt,
        rules_version: rulesVersion ?? null,
      }),
    ],
    PlcLinkLost: ({ data: { address, detail }, metadata: { site, occurredAt } }) => [
      put('plc_link', { site, state: 'lost', since: occurredAt, address, detail }),
    ],
    PlcLinkRestored: ({ data: { address }, metadata: { site, occurredAt } }) => [
      put('plc_link', { site, state: 'up', since: occurredAt, address, detail: null }),
    ],
  },
})
