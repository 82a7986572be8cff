import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { programmesTables } from './tables.ts'

const { put, merge } = changesOf(programmesTables)

/** The scientific programmes and who is in them. */
export const programmes = defineProjection({
  name: 'programmes',
  version: 1,
  tables: programmesTables,
  handles: {
    ProgrammeOpened: ({ data, revision, metadata: { occurredAt } }) => [
      put('programme', {
        id: data.programmeId,
        title: data.title,
        leader_id: data.leaderId,
        member_ids: data.memberIds,
        opened_at: occurredAt,
        closed_at: null,
        revision: Number(revision),
      }),
    ],
    ProgrammeMembersNamed: ({ data: { programmeId, leaderId, memberIds }, revision }) => [
      merge('programme', {
        id: programmeId,
        leader_id: leaderId,
        member_ids: memberIds,
        revision: Number(revision),
      }),
    ],
    ProgrammeClosed: ({ data: { programmeId }, revision, metadata: { occurredAt } }) => [
      merge('programme', { id: programmeId, closed_at: occurredAt, revision: Number(revision) }),
    ],
  },
})
