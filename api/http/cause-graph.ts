import { z } from 'zod'
import type { CauseGraph, CauseNode } from '#projections/journal/causes.ts'
import { journalEntry, journalEntrySchema } from './journal-entry.ts'

const nodeSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['event', 'command']).describe('a command stands in no log: it is where the chain begins'),
  depth: z.number().int().describe('steps from the event asked about'),
  sentence: z.string(),
  event: journalEntrySchema.nullable(),
})

const edgeSchema = z.object({
  cause: z.uuid(),
  effect: z.uuid(),
  through: z.string().describe('causationId, or the field of the effect’s data that names the cause'),
})

const graphSchema = z.object({
  nodes: z.array(nodeSchema),
  edges: z.array(edgeSchema),
  complete: z.boolean().describe('false when depth or nodes cut something off'),
})

export const whySchema = graphSchema
  .extend({
    story: z
      .array(
        z.object({
          at: z.iso.datetime().nullable(),
          eventId: z.uuid().nullable(),
          depth: z.number().int(),
          text: z.string(),
        }),
      )
      .describe('the same for a person, a sentence per line, with the figures'),
  })
  .meta({ id: 'Why' })

export const consequencesSchema = graphSchema.meta({ id: 'Consequences' })

const nodeOf = (node: CauseNode): z.output<typeof nodeSchema> =>
  node.kind === 'event'
    ? {
        id: node.id,
        kind: node.kind,
        depth: node.depth,
        sentence: node.row.summary ?? node.row.type,
        event: journalEntry(node.row),
      }
    : {
        id: node.id,
        kind: node.kind,
        depth: node.depth,
        sentence: `a command of ${node.by.replace(':', ' ')}`,
        event: null,
      }

/** A graph of causes as the API shows it. */
export const shownGraph = ({ nodes, edges, complete }: CauseGraph): z.output<typeof graphSchema> => ({
  nodes: nodes.map(nodeOf),
  edges: [...edges],
  complete,
})
