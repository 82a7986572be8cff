import { sql } from 'kysely'
import type { ReadModels } from '#projections/read-database.ts'

export type ImageFilter = {
  readonly limit: number
  readonly before?: string | undefined
  readonly night?: string | undefined
  readonly requestId?: string | undefined
  readonly filter?: string | undefined
  readonly kind?: string | undefined
}

/** Newest first; `before` is the id of the last image of the page before. */
export const recentImages = (
  db: ReadModels,
  { limit, before, night, requestId, filter, kind }: ImageFilter,
) => {
  const older = sql<boolean>`(started_at, image_id) < (select started_at, image_id from image where image_id = ${before})`
  return db
    .selectFrom('image')
    .selectAll()
    .$if(before !== undefined, (query) => query.where(older))
    .$if(night !== undefined, (query) => query.where('night', '=', night ?? ''))
    .$if(requestId !== undefined, (query) => query.where('request_id', '=', requestId ?? ''))
    .$if(filter !== undefined, (query) => query.where('filter', '=', filter ?? ''))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .orderBy('started_at', 'desc')
    .orderBy('image_id', 'desc')
    .limit(limit)
    .execute()
}

export const imageNamed = (db: ReadModels, imageId: string) =>
  db.selectFrom('image').selectAll().where('image_id', '=', imageId).executeTakeFirst()
