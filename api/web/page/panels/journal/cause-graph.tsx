import type { Why } from '../../../answers.ts'
import { amend } from '../../route.ts'
import { clockOf } from '../../ui/times.ts'

type Node = Why['nodes'][number]
type Edge = Why['edges'][number]

const cell = { width: 176, height: 44, gapX: 34, gapY: 10 } as const

type Placed = { readonly node: Node; readonly x: number; readonly y: number }

/** Columns by the number of steps from the event that is asked about; in each, the order in which they came. */
const placed = (nodes: readonly Node[], towards: 'left' | 'right'): Map<string, Placed> => {
  const deepest = Math.max(0, ...nodes.map(({ depth }) => depth))
  const filled = new Map<number, number>()
  return new Map(
    nodes.map((node) => {
      const row = filled.get(node.depth) ?? 0
      filled.set(node.depth, row + 1)
      const column = towards === 'left' ? deepest - node.depth : node.depth
      const x = column * (cell.width + cell.gapX)
      return [node.id, { node, x, y: row * (cell.height + cell.gapY) }]
    }),
  )
}

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text

const Line = ({ from, to }: { from: Placed; to: Placed }) => {
  const [x1, y1] = [from.x + cell.width, from.y + cell.height / 2]
  const [x2, y2] = [to.x, to.y + cell.height / 2]
  const bend = Math.max(16, Math.abs(x2 - x1) / 2)
  return <path class="edge" d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`} />
}

const Box = ({ place: { node, x, y } }: { place: Placed }) => {
  const label = node.event?.type ?? 'Command'
  const below = node.event ? `${clockOf(Date.parse(node.event.occurredAt))} ${node.sentence}` : node.sentence
  const look = () => {
    if (node.event) amend({ event: node.id })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG has no button
    <g
      class={`cause ${node.depth === 0 ? 'asked' : ''}`}
      transform={`translate(${x} ${y})`}
      role="button"
      tabIndex={0}
      aria-label={`${label}: ${node.sentence}`}
      onClick={look}
      onKeyDown={(event) => {
        if (event.key === 'Enter') look()
      }}
    >
      <title>{node.sentence}</title>
      <rect width={cell.width} height={cell.height} />
      <text x={8} y={18} class="cause-type">
        {cut(label, 25)}
      </text>
      <text x={8} y={34}>
        {cut(below, 26)}
      </text>
    </g>
  )
}

/** What led to what: causes at the left, effects at the right of them. */
export const CauseGraph = ({
  nodes,
  edges,
  towards,
}: {
  nodes: readonly Node[]
  edges: readonly Edge[]
  towards: 'left' | 'right'
}) => {
  const places = placed(nodes, towards)
  const all = [...places.values()]
  const width = Math.max(0, ...all.map(({ x }) => x)) + cell.width + 2
  const height = Math.max(0, ...all.map(({ y }) => y)) + cell.height + 2
  return (
    <div class="scroll graph">
      <svg width={width} height={height} aria-label="What led to what">
        <title>What led to what</title>
        <g transform="translate(1 1)">
          {edges.map(({ cause, effect, through }) => {
            const [from, to] = [places.get(cause), places.get(effect)]
            return from && to ? <Line key={`${cause}${effect}${through}`} from={from} to={to} /> : null
          })}
          {all.map((place) => (
            <Box key={place.node.id} place={place} />
          ))}
        </g>
      </svg>
    </div>
  )
}
