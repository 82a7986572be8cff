import type { Graph, GraphNode } from '../../../answers.ts'

type Links = Graph['links']

/** How many steps the longest way to each node has; a way in a circle counts once. */
const ranksOf = (ids: readonly string[], links: Links): Map<string, number> => {
  const ranks = new Map(ids.map((id) => [id, 0]))
  // As many rounds as a way can have steps: in a circle the ranks would grow for ever.
  for (let round = 0; round < ids.length; round++) {
    let changed = false
    for (const { from, to } of links) {
      const rank = (ranks.get(from) ?? 0) + 1
      if (rank > (ranks.get(to) ?? 0) && rank < ids.length) {
        ranks.set(to, rank)
        changed = true
      }
    }
    if (!changed) break
  }
  return ranks
}

/** Nodes in columns, data flowing to the right; those that are linked to nothing stand apart. */
export const layersOf = ({ nodes, links }: Graph): { columns: GraphNode[][]; apart: GraphNode[] } => {
  const linked = new Set(links.flatMap(({ from, to }) => [from, to]))
  const flowing = nodes.filter(({ id }) => linked.has(id))
  const ranks = ranksOf(
    flowing.map(({ id }) => id),
    links,
  )
  const columns: GraphNode[][] = []
  for (const node of flowing) {
    const rank = ranks.get(node.id) ?? 0
    columns[rank] = [...(columns[rank] ?? []), node]
  }
  return {
    columns: Array.from(columns, (column) => column ?? []).filter((column) => column.length > 0),
    apart: nodes.filter(({ id }) => !linked.has(id)),
  }
}
