import type { Recorded } from '#domain/shared/event.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { defineTable } from '#projections/engine/table.ts'

export const tallyTables = {
  /** One row per event, so that a second writing of any shows. */
  tally_event: defineTable({ columns: { id: 'text', at: 'instant' }, key: ['id'], appendOnly: true }),
  tally_count: defineTable({ columns: { site: 'text', count: 'integer', last: 'instant' }, key: ['site'] }),
}

const { insert, put, add, merge } = changesOf(tallyTables)

/** A projection for tests of the engine: counts outages of the PLC's line; cannot take one whose detail is `poison`. */
export const tallyOf = (version = 1) =>
  defineProjection({
    name: 'tally',
    version,
    tables: tallyTables,
    handles: {
      PlcLinkRestored: ({ metadata: { site, occurredAt } }) => [
        put('tally_count', { site, count: 0, last: occurredAt }),
      ],
      PlcLinkLost: ({ id, data, metadata: { site, occurredAt } }) => [
        insert('tally_event', { id: data.detail === 'poison' ? 'n1' : id, at: occurredAt }),
        add('tally_count', { site, count: 1 }),
        merge('tally_count', { site, last: occurredAt }),
      ],
    },
  })

const startsAt = '2026-11-21T04:00:00.000Z'

/** The `n`-th event of a log, at position 100 (n + 1). */
export const eventAt = (n: number, type: string, data: unknown): Recorded => ({
  id: `n${n}`,
  type,
  data,
  stream: 'environment-osm-2026-11-20',
  revision: BigInt(n),
  position: { commit: BigInt(n + 1) * 100n, prepare: BigInt(n + 1) * 100n },
  metadata: {
    schemaVersion: 1,
    occurredAt: addSeconds(startsAt, n),
    correlationId: uuidFrom('tally', noctuaryNamespace),
    causationId: uuidFrom('tally', noctuaryNamespace),
    actor: { kind: 'program', id: 'test' },
    site: 'osm',
    night: '2026-11-20',
  },
})

/** An event that opens the count, then outages: events 0 to `count`. */
export const outages = (count: number): Recorded[] => [
  eventAt(0, 'PlcLinkRestored', { address: 'a', lostAt: startsAt, outageS: 0 }),
  ...Array.from({ length: count }, (_, n) => outage(n + 1)),
]

export const outage = (n: number, detail = 'no answer'): Recorded =>
  eventAt(n, 'PlcLinkLost', { address: 'a', phase: 'connect', detail })
