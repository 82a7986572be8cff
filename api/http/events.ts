import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { metadataSchema } from '#domain/shared/metadata.ts'
import type { Chapter } from '#domain/story.ts'
import { storyOf } from '#domain/story.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import { type CauseGraph, type CauseNode, causeGraph } from '#projections/journal/causes.ts'
import type { EventReader } from '#projections/journal/event-reader.ts'
import type { Direction } from '#projections/journal/graph.ts'
import { type JournalRow, journalRow } from '#projections/journal/queries.ts'
import type { ReadModels } from '#projections/read-database.ts'
import { consequencesSchema, shownGraph, whySchema } from './cause-graph.ts'
import { journalEntry, journalEntrySchema } from './journal-entry.ts'
import { momentShape, type ReadAt } from './moment.ts'
import { HttpProblem, problemSchema } from './problem.ts'

const idSchema = z.object({ id: z.uuid('an event id is a UUID') })

export const eventSchema = journalEntrySchema
  .extend({
    data: z.unknown().describe('in its newest version'),
    metadata: z.looseObject(metadataSchema.shape),
  })
  .meta({ id: 'Event' })

const momentSchema = z.strictObject(momentShape)

const limitsSchema = z.strictObject({
  ...momentShape,
  depth: z.coerce.number().int().min(1).max(50).default(10).describe('steps from the event at the most'),
  nodes: z.coerce.number().int().min(1).max(2000).default(500).describe('nodes at the most'),
})

/** A story that goes on for longer is no help; the graph has it all. */
const mostChapters = 50

export const eventRoutes: FastifyPluginAsyncZod<{ readAt: ReadAt; events: EventReader }> = async (
  app,
  { readAt, events },
) => {
  const known = async (db: ReadModels, id: string): Promise<JournalRow> => {
    const row = await journalRow(db, id.toLowerCase())
    if (row) return row
    const position = await readPosition(db, 'journal')
    const detail = `No event ${id} in the journal, which has come to position ${position}.`
    throw new HttpProblem(404, 'event_unknown', 'No such event', detail)
  }

  const recorded = async ({ event_id, stream, revision }: JournalRow) => {
    const event = await events.readEvent(stream, BigInt(revision))
    if (event?.id === event_id) return event
    const detail = `Event ${event_id} was ${stream} number ${revision}, and is not in the log any more.`
    throw new HttpProblem(410, 'event_gone', 'The event is gone', detail)
  }

  const chapterOf = async (node: CauseNode): Promise<Chapter> =>
    node.kind === 'event'
      ? { kind: node.kind, depth: node.depth, event: await recorded(node.row) }
      : { kind: node.kind, depth: node.depth, id: node.id, by: node.by }

  const graph = (
    { id }: { id: string },
    query: z.output<typeof limitsSchema>,
    direction: Direction,
  ): Promise<CauseGraph> =>
    readAt('journal', query, async (db) => {
      const { event_id } = await known(db, id)
      return causeGraph(db, event_id, direction, query)
    })

  app.get(
    '/api/events/:id',
    {
      config: { right: 'audit' },
      schema: {
        summary: 'One event with its data and metadata',
        tags: ['audit'],
        params: idSchema,
        querystring: momentSchema,
        response: { 200: eventSchema, 404: problemSchema, 410: problemSchema },
      },
    },
    async ({ params, query }) => {
      const row = await readAt('journal', query, (db) => known(db, params.id))
      const { data, metadata } = await recorded(row)
      return { ...journalEntry(row), data, metadata }
    },
  )

  app.get(
    '/api/events/:id/why',
    {
      config: { right: 'audit' },
      schema: {
        summary: 'The chain of causes, back to readings, notices or people, as a graph and as a story',
        tags: ['audit'],
        params: idSchema,
        querystring: limitsSchema,
        response: { 200: whySchema, 404: problemSchema },
      },
    },
    async ({ params, query }) => {
      const found = await graph(params, query, 'causes')
      const chapters = await Promise.all(found.nodes.slice(0, mostChapters).map(chapterOf))
      return { ...shownGraph(found), story: storyOf(chapters) }
    },
  )

  app.get(
    '/api/events/:id/consequences',
    {
      config: { right: 'audit' },
      schema: {
        summary: 'What came of an event, as a graph',
        tags: ['audit'],
        params: idSchema,
        querystring: limitsSchema,
        response: { 200: consequencesSchema, 404: problemSchema },
      },
    },
    async ({ params, query }) => {
      const found = await graph(params, query, 'effects')
      return shownGraph(found)
    },
  )
}
