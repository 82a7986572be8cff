import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { scheduleCalendar } from '#api/schedule/calendar.ts'
import { scheduleCsv } from '#api/schedule/csv.ts'
import type { Exported } from '#api/schedule/exported.ts'
import { scheduleVotable } from '#api/schedule/votable.ts'
import type { Site } from '#domain/shared/site.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { problemSchema } from './problem.ts'
import { readSchedule } from './schedule.ts'

type Format = {
  readonly extension: string
  readonly type: string
  readonly summary: string
  readonly write: (exported: Exported) => string
}

const formats: readonly Format[] = [
  {
    extension: 'ics',
    type: 'text/calendar',
    summary: 'The plan in force as iCalendar, to subscribe to',
    write: scheduleCalendar,
  },
  { extension: 'csv', type: 'text/csv', summary: 'The plan in force as CSV', write: scheduleCsv },
  {
    extension: 'votable',
    type: 'application/x-votable+xml',
    summary: 'The plan in force as VOTable, with the columns of IVOA’s ObsLocTAP',
    write: scheduleVotable,
  },
]

const querySchema = z.strictObject({
  ...momentShape,
  night: z.iso.date('a night is the date of its evening, e.g. 2026-11-20').optional(),
})

/** The schedule in the formats that calendars, spreadsheets and the Virtual Observatory's tools read. */
export const scheduleExportRoutes: FastifyPluginAsyncZod<{ readAt: ReadAt; site: Site }> = async (
  app,
  { readAt, site },
) => {
  for (const { extension, type, summary, write } of formats)
    app.get(
      `/api/schedule.${extension}`,
      {
        config: { right: 'read' },
        schema: {
          summary,
          tags: ['planning'],
          querystring: querySchema,
          response: {
            200: { description: 'the plan', content: { [type]: { schema: z.string() } } },
            404: problemSchema,
          },
        },
      },
      ({ query }, reply) =>
        readAt('schedule', query, async (db) => {
          const which = { site: site.id, ...(query.night ? { night: query.night } : {}) }
          const { schedule, position } = await readSchedule(db, which)
          return reply
            .type(`${type}; charset=utf-8`)
            .header('x-position', `${position}`)
            .header('content-disposition', `inline; filename="schedule-${schedule.night}.${extension}"`)
            .send(write({ ...schedule, facility: site.name }))
        }),
    )
}
