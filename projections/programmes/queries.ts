import { positionOf } from '#projections/engine/position-of.ts'
import type { ReadModels } from '#projections/read-database.ts'

/** Programmes by id; all of them or one. */
export const programmesIn = (db: ReadModels, id?: string) =>
  db
    .selectFrom('programme')
    .selectAll()
    .select(positionOf('programmes').as('position'))
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .orderBy('id')
    .execute()
