import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import { light } from '../light.ts'
import { fixed } from '../ui/numbers.ts'
import { clockOf } from '../ui/times.ts'
import { useWidth } from './width.ts'

export type Line = { readonly label: string; readonly values: readonly (number | null)[] }
export type LimitLine = { readonly at: number; readonly label: string }

type Props = {
  readonly title: string
  readonly unit: string
  /** Seconds since 1970, ascending. */
  readonly times: readonly number[]
  readonly lines: readonly Line[]
  readonly limits?: readonly LimitLine[]
  /** At least this much is shown. */
  readonly range: readonly [number, number]
  readonly digits?: number
}

const height = 150
const style = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim()
const font = '11px system-ui, sans-serif'

const drawLimits =
  (limits: readonly LimitLine[]) =>
  (plot: uPlot): void => {
    const { ctx, bbox } = plot
    ctx.save()
    ctx.strokeStyle = style('--unsafe')
    ctx.fillStyle = style('--unsafe')
    ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`
    ctx.textAlign = 'left'
    ctx.textBaseline = 'bottom'
    ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio])
    for (const { at, label } of limits) {
      const y = Math.round(plot.valToPos(at, 'y', true)) + 0.5
      if (y < bbox.top || y > bbox.top + bbox.height + 1) continue
      ctx.beginPath()
      ctx.moveTo(bbox.left, y)
      ctx.lineTo(bbox.left + bbox.width, y)
      ctx.stroke()
      ctx.fillText(label, bbox.left + 4 * devicePixelRatio, y - 2 * devicePixelRatio)
    }
    ctx.restore()
  }

const optionsOf = (
  { lines, limits = [], range }: Props,
  width: number,
  onLook: (index: number | null) => void,
): uPlot.Options => ({
  width,
  height,
  tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
  legend: { show: false },
  cursor: { points: { size: 6 }, drag: { x: false, y: false } },
  padding: [6, 8, 0, 0],
  scales: {
    x: { time: true },
    y: {
      range: (_, low, high) => [Math.min(range[0], low ?? range[0]), Math.max(range[1], high ?? range[1])],
    },
  },
  axes: [
    {
      stroke: style('--dim'),
      font,
      size: 24,
      grid: { stroke: style('--line'), width: 1 },
      ticks: { stroke: style('--line'), width: 1, size: 4 },
      values: (_, splits) => splits.map((s) => new Date(s * 1000).toISOString().slice(11, 16)),
    },
    {
      stroke: style('--dim'),
      font,
      size: 44,
      grid: { stroke: style('--line'), width: 1 },
      ticks: { show: false },
    },
  ],
  series: [
    {},
    ...lines.map(
      ({ label }): uPlot.Series => ({ label, stroke: style('--ink'), width: 1.25, points: { show: false } }),
    ),
  ],
  hooks: { draw: [drawLimits(limits)], setCursor: [({ cursor }) => onLook(cursor.idx ?? null)] },
})

/** What the lines say at a moment, or last. */
const Reading = ({
  props: { times, lines, unit, digits = 1 },
  index,
}: {
  props: Props
  index: number | null
}) => {
  const i = index ?? times.length - 1
  const at = times[i]
  if (at === undefined) return null
  return (
    <span class="chart-reading">
      {lines.map(({ label, values }) => {
        const value = values[i]
        return (
          <span key={label}>
            {lines.length > 1 ? `${label} ` : ''}
            {value === null || value === undefined ? '–' : `${fixed(value, digits)} ${unit}`}
          </span>
        )
      })}
      <span class="dim">{clockOf(at * 1000)} UTC</span>
    </span>
  )
}

/** Lines over time with the limits that they must not pass. */
export const LineChart = (props: Props) => {
  const { title, unit, times, lines } = props
  const { ref, width } = useWidth<HTMLDivElement>()
  const looked = useSignal<number | null>(null)
  const plot = useRef<uPlot | null>(null)
  const data = [times, ...lines.map(({ values }) => values)] as unknown as uPlot.AlignedData
  const tone = light.value
  const shape = JSON.stringify([props.limits, lines.map(({ label }) => label)])
  useEffect(() => {
    if (width === 0 || !ref.current) return undefined
    const made = new uPlot(
      optionsOf(props, width, (index) => {
        looked.value = index
      }),
      data,
      ref.current,
    )
    plot.current = made
    return () => {
      plot.current = null
      made.destroy()
    }
  }, [width, tone, shape])
  useEffect(() => plot.current?.setData(data), [times, lines])
  return (
    <figure class="chart">
      <figcaption>
        <span>
          {title} <span class="unit">{unit}</span>
        </span>
        <Reading props={props} index={looked.value} />
      </figcaption>
      <div ref={ref} class="chart-plot" style={{ minHeight: `${height}px` }} />
    </figure>
  )
}
