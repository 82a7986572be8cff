import { sql } from 'kysely'
import { positionOf } from '#projections/engine/position-of.ts'
import type { ReadModels } from '#projections/read-database.ts'

type Wanted = { readonly id?: string | undefined; readonly role?: string | undefined }

/** Users by id, with their roles; all of them, one, or those of a role. */
export const usersIn = (db: ReadModels, { id, role }: Wanted = {}) =>
  db
    .selectFrom('registered_user')
    .selectAll()
    .select((user) => [
      sql<string[]>`array(${user
        .selectFrom('user_role')
        .select('role')
        .whereRef('user_id', '=', 'registered_user.id')
        .orderBy('role')})`.as('roles'),
      positionOf('users').as('position'),
    ])
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .$if(role !== undefined, (query) =>
      query.where('id', 'in', (of) =>
        of
          .selectFrom('user_role')
          .select('user_id')
          .where('role', '=', role ?? ''),
      ),
    )
    .orderBy('id')
    .execute()
