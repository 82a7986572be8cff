import { sql } from 'kysely'
import type { ReadModels } from '#projections/read-database.ts'

export type ImageFilter = {
  readonly limit: number
  readonly before?: string | undefined
  readonly night?: string | undefined
  readonly requestId?: string | undefined
  readonly filter?: string | undefined
  readonly kind?: string | undefined
  /** Only images in which something was found that is in no catalogue. */
  readonly candidates?: boolean | undefined
}

const withAnalysis = (db: ReadModels) =>
  db
    .selectFrom('image')
    .leftJoin('image_analysis', 'image_analysis.image_id', 'image.image_id')
    .selectAll('image')
    .select([
      'image_analysis.state as analysis',
      'image_analysis.reason as refused_for',
      'image_analysis.at as analysed_at',
      'image_analysis.calibrated_file',
      'image_analysis.masters',
      'image_analysis.missing',
      'image_analysis.background_counts',
      'image_analysis.noise_counts',
      'image_analysis.saturated_pixels',
      'image_analysis.fwhm_px',
      'image_analysis.sources',
      'image_analysis.limiting_magnitude',
      'image_analysis.transient_search',
      'image_analysis.catalogue',
      'image_analysis.transient_candidates',
    ])

/** Newest first; `before` is the id of the last image of the page before. */
export const recentImages = (
  db: ReadModels,
  { limit, before, night, requestId, filter, kind, candidates }: ImageFilter,
) => {
  const older = sql<boolean>`(image.started_at, image.image_id) < (select started_at, image_id from image where image_id = ${before})`
  return withAnalysis(db)
    .$if(before !== undefined, (query) => query.where(older))
    .$if(night !== undefined, (query) => query.where('image.night', '=', night ?? ''))
    .$if(requestId !== undefined, (query) => query.where('image.request_id', '=', requestId ?? ''))
    .$if(filter !== undefined, (query) => query.where('image.filter', '=', filter ?? ''))
    .$if(kind !== undefined, (query) => query.where('image.kind', '=', kind ?? ''))
    .$if(candidates === true, (query) => query.where('image_analysis.transient_candidates', '>', 0))
    .orderBy('image.started_at', 'desc')
    .orderBy('image.image_id', 'desc')
    .limit(limit)
    .execute()
}

export const imageNamed = (db: ReadModels, imageId: string) =>
  withAnalysis(db).where('image.image_id', '=', imageId).executeTakeFirst()

/** What was found in an image and is in no catalogue, the strongest first. */
export const candidatesIn = (db: ReadModels, imageId: string) =>
  db
    .selectFrom('transient_candidate')
    .selectAll()
    .where('image_id', '=', imageId)
    .orderBy('snr', 'desc')
    .orderBy('candidate_id')
    .execute()

/** Masters, those of the newest night first. */
export const masterFrames = (
  db: ReadModels,
  { night, limit }: { night?: string | undefined; limit: number },
) =>
  db
    .selectFrom('master_frame')
    .selectAll()
    .$if(night !== undefined, (query) => query.where('frames_night', '=', night ?? ''))
    .orderBy('frames_night', 'desc')
    .orderBy('detector')
    .orderBy('kind')
    .orderBy('filter')
    .orderBy('exposure_s')
    .limit(limit)
    .execute()

export const masterNamed = (db: ReadModels, masterId: string) =>
  db.selectFrom('master_frame').selectAll().where('master_id', '=', masterId).executeTakeFirst()
