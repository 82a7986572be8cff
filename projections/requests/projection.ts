import type { RequestContent } from '#domain/requests/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { Change } from '#projections/engine/definition.ts'
import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { requestsTables } from './tables.ts'

const { put } = changesOf(requestsTables)

const asked = (content: RequestContent): Change =>
  put('request', {
    id: content.requestId,
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

type About = Recorded & { readonly data: { readonly requestId: string } }

const stands = (
  { data: { requestId }, revision, metadata }: About,
  status: 'DRAFT' | 'INVALID' | 'SUBMITTED' | 'WITHDRAWN',
  { faults = [], why = null }: { readonly faults?: readonly unknown[]; readonly why?: string | null } = {},
): Change =>
  put('request_now', {
    id: requestId,
    status,
    revision: Number(revision),
    changed_at: metadata.occurredAt,
    faults,
    withdrawn_why: why,
  })

/** With the first event of its stream; an alert's has no draft. */
const begins = ({ data: { requestId }, revision, position, metadata }: About): Change[] =>
  revision === 0n
    ? [
        put('request_beginning', {
          id: requestId,
          place: Number(position.commit),
          simulated: metadata.simulated ?? false,
        }),
      ]
    : []

/** Each request as it is asked for now, and how it stands. */
export const requests = defineProjection({
  name: 'requests',
  version: 2,
  tables: requestsTables,
  handles: {
    RequestDrafted: (event) => [
      asked(event.data),
      stands(event, 'DRAFT'),
      put('request_text', { id: event.data.requestId, raw: event.data.raw }),
      ...begins(event),
      put('request_draft', { id: event.data.requestId, drafted_at: event.metadata.occurredAt }),
    ],
    RequestRevised: (event) => [
      asked(event.data),
      stands(event, event.data.submitted ? 'SUBMITTED' : 'DRAFT'),
      put('request_text', { id: event.data.requestId, raw: event.data.raw }),
    ],
    RequestSubmitted: (event) => [
      asked(event.data),
      stands(event, 'SUBMITTED'),
      ...begins(event),
      put('request_submission', { id: event.data.requestId, submitted_at: event.metadata.occurredAt }),
    ],
    RequestRefused: (event) => [stands(event, 'INVALID', event.data)],
    RequestWithdrawn: (event) => [stands(event, 'WITHDRAWN', event.data)],
  },
})
