import { type SqlBool, sql } from 'kysely'
import type { ReadModels } from '#projections/read-database.ts'
import { type CauseEdge, type Direction, explore, type GraphLimits } from './graph.ts'
import { type JournalRow, journalRows } from './queries.ts'

/** An event, or the command that began it all and stands in no log; `by` is who gave it. */
export type CauseNode =
  | { readonly kind: 'event'; readonly id: string; readonly depth: number; readonly row: JournalRow }
  | { readonly kind: 'command'; readonly id: string; readonly depth: number; readonly by: string }

export type CauseGraph = {
  readonly nodes: readonly CauseNode[]
  readonly edges: readonly CauseEdge[]
  readonly complete: boolean
}

const causedBy =
  (db: ReadModels, direction: Direction) =>
  async (ids: readonly string[]): Promise<CauseEdge[]> => {
    const [own, named] = direction === 'causes' ? ['event_id', 'event_id'] : ['causation_id', 'names']
    const [direct, references] = await Promise.all([
      db
        .selectFrom('journal')
        .select(['event_id', 'causation_id'])
        .where(sql<SqlBool>`${sql.ref(own)} = any(${ids})`)
        .execute(),
      db
        .selectFrom('journal_reference')
        .selectAll()
        .where(sql<SqlBool>`${sql.ref(named)} = any(${ids})`)
        .execute(),
    ])
    return [
      ...direct.map(({ event_id, causation_id }) => ({
        cause: causation_id,
        effect: event_id,
        through: 'causationId',
      })),
      ...references.map(({ event_id, names, field }) => ({ cause: names, effect: event_id, through: field })),
    ]
  }

/** What an id stands for: an event; a command, if an event has it for its cause; an id of something else is left out. */
const nodesOf = (
  depths: ReadonlyMap<string, number>,
  edges: readonly CauseEdge[],
  rows: readonly JournalRow[],
): CauseNode[] => {
  const byId = new Map(rows.map((row) => [row.event_id, row]))
  return [...depths].flatMap(([id, depth]): CauseNode[] => {
    const row = byId.get(id)
    if (row) return [{ kind: 'event', id, depth, row }]
    const caused = edges.find(({ cause, through }) => cause === id && through === 'causationId')
    const by = caused && byId.get(caused.effect)?.actor
    return by === undefined ? [] : [{ kind: 'command', id, depth, by }]
  })
}

/** Where an event comes from, or what came of it. */
export const causeGraph = async (
  db: ReadModels,
  id: string,
  direction: Direction,
  limits: GraphLimits,
): Promise<CauseGraph> => {
  const { depths, edges, complete } = await explore(id, direction, causedBy(db, direction), limits)
  const nodes = nodesOf(depths, edges, await journalRows(db, [...depths.keys()]))
  const shown = new Set(nodes.map((node) => node.id))
  return {
    nodes,
    edges: edges.filter(({ cause, effect }) => shown.has(cause) && shown.has(effect)),
    complete,
  }
}
