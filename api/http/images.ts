import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { calibrationKinds } from '#domain/observing/calibration-events.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import { imageNamed, recentImages } from '#projections/images/queries.ts'
import type { ReadModels } from '#projections/read-database.ts'
import { imageBytes, previewOf } from './image-files.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { checkCursor } from './paging.ts'
import { HttpProblem, problemSchema } from './problem.ts'

const kindSchema = z.enum(['light', ...calibrationKinds])

export const imageSchema = z
  .object({
    image_id: z.string(),
    kind: z.string().describe('light, flat, dark or bias'),
    site: z.string(),
    night: z.iso.date(),
    request_id: z.string().nullable().describe('null, as the next four, for calibration'),
    sequence_id: z.string().nullable(),
    attempt: z.number().int().nullable(),
    detector: z.string(),
    album: z.string().nullable(),
    plan: z.string().nullable(),
    number: z.number().int().describe('in its plan or of its kind, from 1'),
    filter: z.string(),
    exposure_s: z.number(),
    started_at: z.iso.datetime(),
    file: z.string().describe('relative to the data folder'),
    sha256: z.string(),
    bytes: z.number().int(),
    ra_deg: z.number().nullable().describe('ICRS'),
    dec_deg: z.number().nullable(),
    altitude_deg: z.number().nullable(),
    airmass: z.number().nullable(),
    detector_temperature_c: z.number().nullable(),
    level_counts: z.number().nullable().describe('mean of all pixels, where the camera tells it'),
    usable: z.boolean().describe('false for a flat that is too bright or too dark'),
  })
  .meta({ id: 'Image' })

const listQuery = z.object({
  ...momentShape,
  limit: z.coerce.number().int().min(1).max(1000).default(50).describe('rows at the most'),
  before: z.string().optional().describe('older images only: `next` of the page before'),
  night: z.iso.date().optional(),
  request: z.string().optional(),
  filter: z.string().optional(),
  kind: kindSchema.optional().describe('light: of the sky; or for calibration'),
})

const named = z.object({ id: z.string() })
const tags = ['observing']

export const imageRoutes: FastifyPluginAsyncZod<{ readAt: ReadAt; dataDir: string }> = async (
  app,
  { readAt, dataDir },
) => {
  const known = async (db: ReadModels, id: string) => {
    const image = await imageNamed(db, id)
    if (image) return image
    throw new HttpProblem(404, 'image_unknown', 'No such image', `There is no image ${id} on record.`)
  }
  const bytesOf = async (id: string) =>
    imageBytes(dataDir, (await readAt('images', {}, (db) => known(db, id))).file)

  app.get(
    '/api/images',
    {
      config: { right: 'read' },
      schema: {
        summary: 'Images, newest first',
        tags,
        querystring: listQuery,
        response: { 200: z.object({ items: z.array(imageSchema), next: z.string().nullable() }) },
      },
    },
    ({ query }, reply) =>
      readAt('images', query, async (db) => {
        if (query.before !== undefined)
          checkCursor('before', query.before, await imageNamed(db, query.before))
        const items = await recentImages(db, { ...query, requestId: query.request })
        const next = items.length < query.limit ? null : (items.at(-1)?.image_id ?? null)
        return reply.header('x-position', `${await readPosition(db, 'images')}`).send({ items, next })
      }),
  )

  app.get(
    '/api/images/:id',
    {
      config: { right: 'read' },
      schema: {
        summary: 'One image: how it was taken',
        tags,
        params: named,
        querystring: z.object(momentShape),
        response: { 200: imageSchema, 404: problemSchema },
      },
    },
    ({ params, query }) => readAt('images', query, (db) => known(db, params.id)),
  )

  app.get(
    '/api/images/:id/fits',
    { config: { right: 'read' }, schema: { summary: 'The FITS file', tags, params: named } },
    async ({ params }, reply) => {
      const bytes = await bytesOf(params.id)
      const name = `attachment; filename="${params.id.replaceAll(/[^\w.-]/g, '_')}.fits"`
      return reply.type('application/fits').header('content-disposition', name).send(bytes)
    },
  )

  app.get(
    '/api/images/:id/preview.png',
    {
      config: { right: 'read' },
      schema: { summary: 'The image for the eye: stretched, north up', tags, params: named },
    },
    async ({ params }, reply) => reply.type('image/png').send(previewOf(await bytesOf(params.id))),
  )
}
