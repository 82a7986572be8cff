import type { RequestContent } from '#domain/requests/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { requestsTables } from './tables.ts'

const { put, merge } = changesOf(requestsTables)

const asked = (content: RequestContent) => ({
  name: content.name,
  user_id: content.userId,
  country: content.country,
  programme_id: content.programmeId,
  target_type: content.targetType,
  source: content.source,
  trigger_id: content.alert?.triggerId ?? null,
  sequence_count: content.sequences.length,
  sequences: content.sequences,
  warnings: content.warnings,
})

const changed = ({ revision, metadata }: Recorded) => ({
  revision: Number(revision),
  changed_at: metadata.occurredAt,
})

/** Each request as it is asked for now, and how it stands. */
export const requests = defineProjection({
  name: 'requests',
  version: 1,
  tables: requestsTables,
  handles: {
    RequestDrafted: (event) => [
      put('request', {
        id: event.data.requestId,
        place: Number(event.position.commit),
        ...asked(event.data),
        ...changed(event),
        status: 'DRAFT',
        faults: [],
        raw: event.data.raw,
        drafted_at: event.metadata.occurredAt,
        submitted_at: null,
        withdrawn_why: null,
        simulated: event.metadata.simulated ?? false,
      }),
    ],
    RequestRevised: (event) => [
      merge('request', {
        id: event.data.requestId,
        ...asked(event.data),
        ...changed(event),
        status: event.data.submitted ? 'SUBMITTED' : 'DRAFT',
        faults: [],
        raw: event.data.raw,
      }),
    ],
    RequestSubmitted: (event) => [
      merge('request', {
        id: event.data.requestId,
        ...asked(event.data),
        ...changed(event),
        status: 'SUBMITTED',
        faults: [],
        submitted_at: event.metadata.occurredAt,
      }),
    ],
    RequestRefused: (event) => [
      merge('request', {
        id: event.data.requestId,
        ...changed(event),
        status: 'INVALID',
        faults: event.data.faults,
      }),
    ],
    RequestWithdrawn: (event) => [
      merge('request', {
        id: event.data.requestId,
        ...changed(event),
        status: 'WITHDRAWN',
        withdrawn_why: event.data.why,
      }),
    ],
  },
})
