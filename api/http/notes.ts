import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { EventStore } from '#commands/event-store.ts'
import type { RecordOperation } from '#commands/operation/operations.ts'
import { readNotes } from '#commands/operation/read-notes.ts'
import { noteSchema } from '#domain/night/report/notes-fold.ts'
import { eventIdOf } from '#domain/shared/ids.ts'
import { commandHeaders, type EnvelopeParts, envelopeOf, tellHandled } from './command-envelope.ts'
import { nightParams } from './nights.ts'
import { HttpProblem, problemSchema } from './problem.ts'

export type NoteRouteParts = EnvelopeParts & {
  readonly store: EventStore
  readonly record: RecordOperation
}

export const noteShownSchema = noteSchema.meta({ id: 'Note' })

/** What people write into the log of the night: read at once, heard at once (`#note` on `/api/live`), kept in its report. */
export const noteRoutes: FastifyPluginAsyncZod<NoteRouteParts> = async (app, parts) => {
  const { store, record, site } = parts

  app.get(
    '/api/nights/:night/notes',
    {
      config: { right: 'read' },
      schema: {
        summary: 'What people wrote into the log of a night, newest first',
        tags: ['nights'],
        params: nightParams,
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(50) }),
        response: { 200: z.object({ items: z.array(noteShownSchema) }), 503: problemSchema },
      },
    },
    async ({ params, query }) => ({ items: await readNotes(store, site.id, params.night, query.limit) }),
  )

  app.post(
    '/api/nights/:night/notes',
    {
      config: { right: 'operate' },
      schema: {
        summary: 'Writes a line into the log of the night that goes on, for all who listen',
        tags: ['nights'],
        params: nightParams,
        headers: commandHeaders,
        body: z.strictObject({
          text: z.string().trim().min(1, 'say something').max(2000).describe('stays in the log for good'),
        }),
        response: {
          201: z.object({ night: z.iso.date(), text: z.string(), eventId: z.uuid() }),
          409: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const { night } = request.params
      const { text } = request.body
      const envelope = envelopeOf(request, parts)
      // A night that is over is sealed, or about to be.
      if (night !== envelope.night) {
        const detail = `It is the night of ${envelope.night}; that of ${night} takes no notes.`
        throw new HttpProblem(409, 'night_not_current', 'Not that night', detail)
      }
      const handled = await record({ type: 'NightNoteWritten', data: { text } }, envelope)
      tellHandled(reply, handled)
      return reply.code(201).send({ night, text, eventId: eventIdOf(envelope.commandId, 0) })
    },
  )
}
