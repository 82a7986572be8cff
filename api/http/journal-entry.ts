import { z } from 'zod'
import { actorSchema } from '#domain/shared/metadata.ts'
import { type JournalRow, positionOfRow } from '#projections/journal/queries.ts'
import { positionText } from './paging.ts'

export const journalEntrySchema = z
  .object({
    id: z.uuid(),
    type: z.string(),
    summary: z.string().nullable().describe('what it says, as one sentence; null for a type without words'),
    night: z.iso.date(),
    site: z.string(),
    stream: z.string(),
    revision: z.number().int().describe('its number in its stream, from 0'),
    position: z.string().describe('where it stands in this log, commit/prepare; another log has another'),
    occurredAt: z.iso.datetime(),
    observedAt: z.iso.datetime().nullable().describe("the device's own clock; may be wrong by years"),
    actor: actorSchema,
    causationId: z.uuid().describe('the event or command that led to it'),
    correlationId: z.uuid().describe('what began the whole affair'),
    simulated: z.boolean(),
    rulesVersion: z.string().nullable(),
  })
  .meta({ id: 'JournalEntry' })

export type JournalEntry = z.output<typeof journalEntrySchema>

/** `kind:id` as the journal has it. */
export const actorFrom = (text: string): JournalEntry['actor'] => {
  const colon = text.indexOf(':')
  return actorSchema.parse({ kind: text.slice(0, colon), id: text.slice(colon + 1) })
}

export const journalEntry = (row: JournalRow): JournalEntry => ({
  id: row.event_id,
  type: row.type,
  summary: row.summary,
  night: row.night,
  site: row.site,
  stream: row.stream,
  revision: row.revision,
  position: positionText(positionOfRow(row)),
  occurredAt: row.occurred_at,
  observedAt: row.observed_at,
  actor: actorFrom(row.actor),
  causationId: row.causation_id,
  correlationId: row.correlation_id,
  simulated: row.simulated,
  rulesVersion: row.rules_version,
})
