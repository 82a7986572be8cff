import type { NightNow } from '../../answers.ts'
import { shownNow } from '../clock.ts'
import { minutesOf } from '../ui/times.ts'
import { hoursIn, linear } from './scale.ts'
import { useWidth } from './width.ts'

export type Block = {
  readonly id: string
  readonly name: string
  readonly from: number
  readonly until: number
  readonly kind: 'done' | 'running' | 'planned' | 'failed'
}

const phases = ['opening', 'evening-flats', 'focusing', 'observing', 'morning-flats', 'closing'] as const
const marginMs = 30 * 60_000

/** The instants of a night's phases that there are, in order. */
const phaseTimes = (night: NonNullable<NightNow['night']>) =>
  phases.flatMap((name) => {
    const at = night.phases_at[name]
    return at ? [{ name, at: Date.parse(at) }] : []
  })

const height = 74

/** A night from dusk to dawn: its phases by the Sun, what was and will be observed, and where now is. */
export const NightBar = ({
  night,
  blocks,
}: {
  night: NonNullable<NightNow['night']>
  blocks: readonly Block[]
}) => {
  const { ref, width } = useWidth<HTMLDivElement>()
  const times = phaseTimes(night)
  const from = (times[0]?.at ?? Date.parse(night.opened_at)) - marginMs
  const until = (times.at(-1)?.at ?? from + 12 * 3_600_000) + marginMs
  const x = linear([from, until], [0, width])
  const now = shownNow.value
  const dark = times.find(({ name }) => name === 'observing')?.at
  const dawn = times.find(({ name }) => name === 'morning-flats')?.at
  return (
    <div ref={ref} class="night-bar">
      {width === 0 ? null : (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label="The night, with what was and will be observed"
        >
          <rect class="twilight" x={0} y={16} width={width} height={34} />
          {dark && dawn ? (
            <rect class="dark-sky" x={x(dark)} y={16} width={x(dawn) - x(dark)} height={34} />
          ) : null}
          {hoursIn(from, until, width).map((at) => (
            <g key={at} class="axis">
              <line x1={x(at)} x2={x(at)} y1={50} y2={55} />
              <text x={x(at)} y={68} text-anchor="middle">
                {minutesOf(at)}
              </text>
            </g>
          ))}
          {blocks.map(({ id, name, from: begin, until: end, kind }) => (
            <rect
              key={id}
              class={`block block-${kind}`}
              x={x(begin)}
              y={22}
              width={Math.max(2, x(end) - x(begin))}
              height={22}
            >
              <title>{`${name}, ${minutesOf(begin)} to ${minutesOf(end)} UTC, ${kind}`}</title>
            </rect>
          ))}
          {now >= from && now <= until ? (
            <g class="now-line">
              <line x1={x(now)} x2={x(now)} y1={12} y2={54} />
              <text x={Math.min(width - 30, Math.max(30, x(now)))} y={9} text-anchor="middle">
                now {minutesOf(now)}
              </text>
            </g>
          ) : null}
        </svg>
      )}
    </div>
  )
}
