import { roles } from '#domain/people/events.ts'
import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { usersTables } from './tables.ts'

const { put, merge, remove } = changesOf(usersTables)

/** Who may use the observatory, and as what. */
export const users = defineProjection({
  name: 'users',
  version: 1,
  tables: usersTables,
  handles: {
    UserRegistered: ({ data, revision, metadata: { occurredAt } }) => [
      put('registered_user', {
        id: data.userId,
        country: data.country,
        level: data.level,
        registered_at: occurredAt,
        erased_at: null,
        revision: Number(revision),
      }),
      ...data.roles.map((role) => put('user_role', { user_id: data.userId, role, since: occurredAt })),
    ],
    RoleGranted: ({ data: { userId, role }, revision, metadata: { occurredAt } }) => [
      merge('registered_user', { id: userId, revision: Number(revision) }),
      put('user_role', { user_id: userId, role, since: occurredAt }),
    ],
    RoleRevoked: ({ data: { userId, role }, revision }) => [
      merge('registered_user', { id: userId, revision: Number(revision) }),
      remove('user_role', { user_id: userId, role }),
    ],
    UserErased: ({ data: { userId }, revision, metadata: { occurredAt } }) => [
      merge('registered_user', { id: userId, erased_at: occurredAt, revision: Number(revision) }),
      ...roles.map((role) => remove('user_role', { user_id: userId, role })),
    ],
  },
})
