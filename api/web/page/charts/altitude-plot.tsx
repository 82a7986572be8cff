import type { ComponentChildren } from 'preact'
import { shownNow } from '../clock.ts'
import { minutesOf } from '../ui/times.ts'
import { hoursIn, linear, pathOf, type Scale } from './scale.ts'
import { useWidth } from './width.ts'

export type Frame = { readonly x: Scale; readonly y: Scale; readonly width: number; readonly bottom: number }

type Props = {
  readonly from: number
  readonly until: number
  /** Below it nothing is observed, degrees. */
  readonly lowestDeg: number
  readonly label: string
  readonly below?: number
  readonly children: (frame: Frame) => ComponentChildren
}

const left = 34
const top = 14
const plotHeight = 190

/** Altitudes through a night: degrees up, hours across, and where now is. */
export const AltitudePlot = ({ from, until, lowestDeg, label, below = 0, children }: Props) => {
  const { ref, width } = useWidth<HTMLDivElement>()
  const bottom = top + plotHeight
  const x = linear([from, until], [left, width - 8])
  const y = linear([0, 90], [bottom, top])
  const now = shownNow.value
  return (
    <div ref={ref} style={{ minHeight: `${bottom + 22 + below}px` }}>
      {width === 0 ? null : (
        <svg width={width} height={bottom + 22 + below} role="img" aria-label={label}>
          <rect
            class="too-low"
            x={left}
            y={y(lowestDeg)}
            width={width - 8 - left}
            height={bottom - y(lowestDeg)}
          />
          {[0, 30, 60, 90].map((deg) => (
            <g key={deg} class="axis">
              <line class="grid" x1={left} x2={width - 8} y1={y(deg)} y2={y(deg)} />
              <text x={left - 6} y={y(deg) + 4} text-anchor="end">
                {deg}°
              </text>
            </g>
          ))}
          {hoursIn(from, until, width).map((at) => (
            <g key={at} class="axis">
              <line x1={x(at)} x2={x(at)} y1={bottom} y2={bottom + 4} />
              <text x={x(at)} y={bottom + 16} text-anchor="middle">
                {minutesOf(at)}
              </text>
            </g>
          ))}
          {children({ x, y, width, bottom })}
          {now > from && now < until ? (
            <g class="now-line">
              <line x1={x(now)} x2={x(now)} y1={top - 2} y2={bottom + below} />
              <text x={Math.min(width - 34, Math.max(left + 30, x(now)))} y={9} text-anchor="middle">
                now {minutesOf(now)}
              </text>
            </g>
          ) : null}
        </svg>
      )}
    </div>
  )
}

type Point = { readonly at: string; readonly deg: number }

/** An altitude over time, as far as it is above the horizon. */
export const altitudePath = (points: readonly Point[], { x, y }: Pick<Frame, 'x' | 'y'>): string => {
  const runs: Point[][] = [[]]
  for (const point of points) {
    if (point.deg >= 0) runs.at(-1)?.push(point)
    else if (runs.at(-1)?.length) runs.push([])
  }
  return runs.map((run) => pathOf(run.map(({ at, deg }) => [x(Date.parse(at)), y(deg)] as const))).join('')
}
