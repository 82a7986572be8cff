import type { RequestContent } from '#domain/requests/events.ts'
import type { Metadata } from '#domain/shared/metadata.ts'
import { type Change, changesOf, defineProjection } from '#projections/engine/definition.ts'
import { publishedRows } from './published.ts'
import { scheduleTables } from './tables.ts'

const { insert, put, remove } = changesOf(scheduleTables)

const submitted = ({ requestId, sequences }: RequestContent, { site, night }: Metadata): Change[] =>
  sequences.map(({ id }) =>
    put('scheduled_sequence', {
      site,
      sequence_id: id,
      request_id: requestId,
      night,
      version: 0,
      planned: false,
      starts_at: null,
      ends_at: null,
      code: null,
    }),
  )

/** The plan of every night, version by version, why each was made, and how each sequence stands in the newest. */
export const schedule = defineProjection({
  name: 'schedule',
  version: 1,
  tables: scheduleTables,
  handles: {
    RequestSubmitted: ({ data, metadata }) => submitted(data, metadata),
    RequestRevised: ({ data, metadata }) => (data.submitted ? submitted(data, metadata) : []),
    RequestWithdrawn: ({ data, metadata: { site } }) =>
      data.sequenceIds.map((id) => remove('scheduled_sequence', { site, sequence_id: id })),
    ScheduleAsked: ({ id, data, metadata }) => [
      insert('schedule_ask', {
        event_id: id,
        site: metadata.site,
        night: metadata.night,
        asked_at: metadata.occurredAt,
        asked_by: `${metadata.actor.kind}:${metadata.actor.id}`,
        why: data.why,
        detail: data.detail,
        keep: data.keep,
      }),
    ],
    SchedulePublished: publishedRows,
    ScheduleExplained: ({ data, metadata: { site, night } }) => {
      const key = { site, night, version: data.scheduleVersion }
      return [
        insert('schedule_explanation', {
          ...key,
          page: data.page,
          last: data.last,
          unplaced: data.unplaced,
        }),
      ]
    },
  },
})
