import type { Graph, GraphNode } from '../../../answers.ts'
import { useWidth } from '../../charts/width.ts'
import { useNow } from '../../data/answer.ts'
import { fixed } from '../../ui/numbers.ts'
import { Loaded } from '../../ui/section.tsx'
import { State, toneOf } from '../../ui/state.tsx'
import { layersOf } from './layers.ts'

const box = { width: 178, height: 40, gapX: 64, gapY: 7 } as const

type Placed = { readonly node: GraphNode; readonly x: number; readonly y: number }

const placesOf = (columns: readonly (readonly GraphNode[])[], isWhole: boolean): Map<string, Placed> => {
  const tallest = Math.max(0, ...columns.map((column) => column.length))
  const step = box.height + box.gapY
  return new Map(
    columns.flatMap((column, rank) =>
      column.map((node, i): [string, Placed] => [
        node.id,
        {
          node,
          x: rank * (box.width + box.gapX),
          y: (isWhole ? ((tallest - column.length) * step) / 2 : 0) + i * step,
        },
      ]),
    ),
  )
}

const nameOf = ({ id }: GraphNode): string => id.replace(/^projection\//, '')

const figuresOf = ({ inbox, handled, perSecond }: GraphNode): string =>
  [
    inbox && inbox.capacity > 0 ? `inbox ${inbox.waiting}/${inbox.capacity}` : null,
    handled === undefined ? null : `${handled} handled`,
    perSecond === null ? null : `${fixed(perSecond, 1)}/s`,
  ]
    .filter(Boolean)
    .join(', ')

const Box = ({ place: { node, x, y } }: { place: Placed }) => (
  <foreignObject x={x} y={y} width={box.width} height={box.height}>
    <div
      class={`flow-box ${toneOf(node.state)}`}
      title={`${node.id}: ${node.state}${node.detail ? `, ${node.detail}` : ''}`}
    >
      <State tone={toneOf(node.state)}>{nameOf(node)}</State>
      <span class="flow-figures">{figuresOf(node) || node.detail || node.state}</span>
    </div>
  </foreignObject>
)

const Wire = ({ from, to }: { from: Placed; to: Placed }) => {
  const isForward = to.x > from.x
  const [x1, y1] = [from.x + (isForward ? box.width : 0), from.y + box.height / 2]
  const [x2, y2] = [to.x + (isForward ? 0 : box.width), to.y + box.height / 2]
  const bend = (isForward ? 1 : -1) * Math.max(24, Math.abs(x2 - x1) / 2)
  return <path class="wire" d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`} />
}

const Drawing = ({ graph }: { graph: Graph }) => {
  const { columns, apart } = layersOf(graph)
  const { ref, width: room } = useWidth<HTMLDivElement>()
  // Where it is scrolled through, each column begins at the top: in the middle it would not be found.
  const places = placesOf(columns, room >= columns.length * (box.width + box.gapX) - box.gapX)
  const all = [...places.values()]
  const width = Math.max(0, ...all.map(({ x }) => x)) + box.width + 2
  const height = Math.max(0, ...all.map(({ y }) => y)) + box.height + 2
  return (
    <>
      <div ref={ref} class="scroll">
        <svg
          width={width}
          height={height}
          role="img"
          aria-label="Parts and what flows between them; Parts below says the same"
        >
          <g transform="translate(1 1)">
            {graph.links.map(({ from, to }) => {
              const [begin, end] = [places.get(from), places.get(to)]
              return begin && end ? <Wire key={`${from}>${to}`} from={begin} to={end} /> : null
            })}
            {all.map((place) => (
              <Box key={place.node.id} place={place} />
            ))}
          </g>
        </svg>
      </div>
      {apart.length > 0 ? (
        <div class="apart">
          {apart.map((node) => (
            <span key={node.id} title={node.detail}>
              <State tone={toneOf(node.state)}>{nameOf(node)}</State>
            </span>
          ))}
        </div>
      ) : null}
    </>
  )
}

/** The running graph: what flows where, how full and how fast (K11). */
export const Flow = () => {
  const seen = useNow<Graph>('/api/system/graph', ['graph'])
  return (
    <Loaded seen={seen} none="This program cannot look at itself.">
      {(graph) => <Drawing graph={graph} />}
    </Loaded>
  )
}
