import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { calibrationKinds } from '#domain/observing/calibration-events.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import {
  candidatesIn,
  imageNamed,
  masterFrames,
  masterNamed,
  recentImages,
} from '#projections/images/queries.ts'
import type { ReadModels } from '#projections/read-database.ts'
import { imageBytes, previewOf } from './image-files.ts'
import { imageDetailSchema, imageSchema, masterSchema } from './image-shape.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { checkCursor } from './paging.ts'
import { HttpProblem, problemSchema } from './problem.ts'

const kindSchema = z.enum(['light', ...calibrationKinds])

const listQuery = z.object({
  ...momentShape,
  limit: z.coerce.number().int().min(1).max(1000).default(50).describe('rows at the most'),
  before: z.string().optional().describe('older images only: `next` of the page before'),
  night: z.iso.date().optional(),
  request: z.string().optional(),
  filter: z.string().optional(),
  kind: kindSchema.optional().describe('light: of the sky; or for calibration'),
  candidates: z
    .stringbool()
    .optional()
    .describe('true: only images in which something was found that is in no catalogue'),
})

const mastersQuery = z.object({
  ...momentShape,
  night: z.iso.date().optional().describe('of which their frames are'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

const fitsHeaders = (name: string) => ({
  'content-type': 'application/fits',
  'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}.fits"`,
})

const notCalibrated = (id: string, refusedFor: string | null): HttpProblem =>
  refusedFor === null
    ? new HttpProblem(409, 'image_not_calibrated', 'Not corrected', `Image ${id} was not corrected yet.`)
    : new HttpProblem(410, 'image_not_calibrated', 'Not corrected', `Image ${id} cannot be: ${refusedFor}.`)

const masterDetail = (id: string, master: { not_built: string | null } | undefined): string =>
  master ? `Master ${id} could not be built: ${master.not_built}.` : `There is no master ${id} on record.`

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
        summary: 'One image: how it was taken, what it was corrected with and what was found in it',
        tags,
        params: named,
        querystring: z.object(momentShape),
        response: { 200: imageDetailSchema, 404: problemSchema },
      },
    },
    ({ params, query }) =>
      readAt('images', query, async (db) => ({
        ...(await known(db, params.id)),
        candidates: await candidatesIn(db, params.id),
      })),
  )

  app.get(
    '/api/images/:id/fits',
    { config: { right: 'read' }, schema: { summary: 'The FITS file', tags, params: named } },
    async ({ params }, reply) => {
      const bytes = await bytesOf(params.id)
      return reply.headers(fitsHeaders(params.id)).send(bytes)
    },
  )

  app.get(
    '/api/images/:id/calibrated.fits',
    {
      config: { right: 'read' },
      schema: {
        summary: 'The FITS file as it was corrected: 32-bit floating point, counts',
        tags,
        params: named,
      },
    },
    async ({ params }, reply) => {
      const image = await readAt('images', {}, (db) => known(db, params.id))
      if (image.calibrated_file === null) throw notCalibrated(params.id, image.refused_for)
      const bytes = await imageBytes(dataDir, image.calibrated_file)
      return reply.headers(fitsHeaders(`${params.id}-calibrated`)).send(bytes)
    },
  )

  app.get(
    '/api/masters',
    {
      config: { right: 'read' },
      schema: {
        summary: 'Master frames: what images are corrected with, the newest night first',
        tags,
        querystring: mastersQuery,
        response: { 200: z.object({ items: z.array(masterSchema) }) },
      },
    },
    ({ query }, reply) =>
      readAt('images', query, async (db) => {
        const items = await masterFrames(db, query)
        return reply.header('x-position', `${await readPosition(db, 'images')}`).send({ items })
      }),
  )

  app.get(
    '/api/masters/:id/fits',
    {
      config: { right: 'read' },
      schema: { summary: 'The FITS file of a master, 32-bit floating point', tags, params: named },
    },
    async ({ params }, reply) => {
      const master = await readAt('images', {}, (db) => masterNamed(db, params.id))
      if (!master?.file)
        throw new HttpProblem(404, 'image_unknown', 'No such master', masterDetail(params.id, master))
      return reply.headers(fitsHeaders(params.id)).send(await imageBytes(dataDir, master.file))
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
