import { catalogue } from '#domain/catalogue.ts'
import { sentenceOf } from '#domain/sentences.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { referencesOf } from '#domain/shared/references.ts'
import { type Change, changesOf, defineProjection } from '#projections/engine/definition.ts'
import { journalTables } from './tables.ts'

const { insert } = changesOf(journalTables)

const entered = (event: Recorded): readonly Change[] => {
  const { id, type, data, stream, revision, position, metadata } = event
  return [
    insert('journal', {
      event_id: id,
      commit_position: Number(position.commit),
      prepare_position: Number(position.prepare),
      stream,
      revision: Number(revision),
      type,
      night: metadata.night,
      site: metadata.site,
      occurred_at: metadata.occurredAt,
      observed_at: metadata.observedAt ?? null,
      actor: `${metadata.actor.kind}:${metadata.actor.id}`,
      causation_id: metadata.causationId,
      correlation_id: metadata.correlationId,
      simulated: metadata.simulated ?? false,
      rules_version: metadata.rulesVersion ?? null,
      summary: sentenceOf(event),
    }),
    ...referencesOf(data)
      .filter((named) => named.id !== metadata.causationId)
      .map((named) => insert('journal_reference', { event_id: id, names: named.id, field: named.field })),
  ]
}

/** Every event there is, of whatever type, to be found by night, type, stream, actor, cause and correlation. */
export const journal = defineProjection({
  name: 'journal',
  version: 2,
  tables: journalTables,
  handles: Object.fromEntries([...catalogue.keys()].map((type) => [type, entered])),
})
