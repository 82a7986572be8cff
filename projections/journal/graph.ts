/** That one event led to another: as its direct cause, or because its data names it in a field. */
export type CauseEdge = { readonly cause: string; readonly effect: string; readonly through: string }

export type Explored = {
  /** Each id with its distance from the first, nearest first. */
  readonly depths: ReadonlyMap<string, number>
  readonly edges: readonly CauseEdge[]
  /** False when depth or number cut something off. */
  readonly complete: boolean
}

export type Direction = 'causes' | 'effects'
export type GraphLimits = { readonly depth: number; readonly nodes: number }

const keyOf = ({ cause, effect, through }: CauseEdge): string => `${cause} ${effect} ${through}`

/**
 * What is reached from `start` by the edges that `edgesOf` finds at a level's ids, level by level. An id is gone into once,
 * so a cycle ends.
 */
export const explore = async (
  start: string,
  direction: Direction,
  edgesOf: (ids: readonly string[]) => Promise<readonly CauseEdge[]>,
  limits: GraphLimits,
): Promise<Explored> => {
  const depths = new Map([[start, 0]])
  const edges = new Map<string, CauseEdge>()
  let complete = true
  let level = [start]
  for (let depth = 1; level.length > 0; depth++) {
    const next: string[] = []
    for (const edge of await edgesOf(level)) {
      const reached = direction === 'causes' ? edge.cause : edge.effect
      if (!depths.has(reached)) {
        if (depth > limits.depth || depths.size >= limits.nodes) {
          complete = false
          continue
        }
        depths.set(reached, depth)
        next.push(reached)
      }
      edges.set(keyOf(edge), edge)
    }
    level = next
  }
  return { depths, edges: [...edges.values()], complete }
}
