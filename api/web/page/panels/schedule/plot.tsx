import type { Schedule, ScheduleEntry, Visibility } from '../../../answers.ts'
import { AltitudePlot, altitudePath, type Frame } from '../../charts/altitude-plot.tsx'
import { useNow } from '../../data/answer.ts'
import { Empty } from '../../ui/section.tsx'
import { minutesOf } from '../../ui/times.ts'

const stepS = 600
/** More curves than these cannot be told apart. */
const mostCurves = 16
const laneHeight = 18

const curveUrl = (night: string, raDeg: number, decDeg: number): string =>
  `/api/visibility?ra=${raDeg}&dec=${decDeg}&night=${night}&every=${stepS}`

type Target = { readonly entry: ScheduleEntry; readonly raDeg: number; readonly decDeg: number }

/** A target's way over the sky, thick where it is observed. */
const Curve = ({
  target: { entry, raDeg, decDeg },
  night,
  frame,
}: {
  target: Target
  night: string
  frame: Frame
}) => {
  const { data } = useNow<Visibility>(curveUrl(night, raDeg, decDeg))
  if (!data) return null
  const points = data.moments.map(({ at, altitudeDeg }) => ({ at, deg: altitudeDeg }))
  const id = `clip-${entry.sequenceId}-${entry.occurrence}`
  const [begins, ends] = [frame.x(Date.parse(entry.startsAt)), frame.x(Date.parse(entry.endsAt))]
  const path = altitudePath(points, frame)
  return (
    <g class="curve">
      <clipPath id={id}>
        <rect x={begins} y={0} width={Math.max(2, ends - begins)} height={frame.bottom} />
      </clipPath>
      <path d={path} />
      <path class="observed" d={path} clip-path={`url(#${id})`} />
    </g>
  )
}

const Lane = ({ entry, frame }: { entry: ScheduleEntry; frame: Frame }) => {
  const [begins, ends] = [frame.x(Date.parse(entry.startsAt)), frame.x(Date.parse(entry.endsAt))]
  const isAtTheEnd = begins > frame.width - 160
  return (
    <g class="lane">
      <rect
        class={`block ${entry.kind === 'alert' ? 'block-running' : 'block-done'}`}
        x={begins}
        y={4}
        width={Math.max(3, ends - begins)}
        height={10}
      >
        <title>{`${entry.name}, ${minutesOf(Date.parse(entry.startsAt))} to ${minutesOf(Date.parse(entry.endsAt))} UTC`}</title>
      </rect>
      <text x={isAtTheEnd ? begins - 6 : ends + 6} y={13} text-anchor={isAtTheEnd ? 'end' : 'start'}>
        {entry.name} {minutesOf(Date.parse(entry.startsAt))}
      </text>
    </g>
  )
}

const targetOf = (entry: ScheduleEntry): Target[] =>
  entry.raDeg === null || entry.decDeg === null ? [] : [{ entry, raDeg: entry.raDeg, decDeg: entry.decDeg }]

/** The plan over the night: how high each target stands, where the Moon is, and who has which time. */
export const Plot = ({ schedule: { night, entries } }: { schedule: Schedule }) => {
  // Any place in the sky tells the night and the Moon.
  const { data: moon } = useNow<Visibility>(curveUrl(night, 0, 0))
  if (!moon) return <Empty>Asking the observatory…</Empty>
  if (!moon.from || !moon.until) return <Empty>It does not get dark in this night.</Empty>
  const moonPoints = moon.moments.map(({ at, moonAltitudeDeg }) => ({ at, deg: moonAltitudeDeg }))
  const lanes = entries.slice(0, 40)
  return (
    <>
      <AltitudePlot
        from={Date.parse(moon.from)}
        until={Date.parse(moon.until)}
        lowestDeg={moon.constraints.minAltitudeDeg}
        label="Altitude of the targets and of the Moon through the night, and the plan"
        below={lanes.length * laneHeight + 8}
      >
        {(frame) => (
          <>
            <path class="moon-path" d={altitudePath(moonPoints, frame)} />
            {entries
              .flatMap(targetOf)
              .slice(0, mostCurves)
              .map((target) => (
                <Curve
                  key={`${target.entry.sequenceId}#${target.entry.occurrence}`}
                  target={target}
                  night={night}
                  frame={frame}
                />
              ))}
            {lanes.map((entry, i) => (
              <g
                key={`${entry.sequenceId}#${entry.occurrence}`}
                transform={`translate(0 ${frame.bottom + 24 + i * laneHeight})`}
              >
                <Lane entry={entry} frame={frame} />
              </g>
            ))}
          </>
        )}
      </AltitudePlot>
      <ul class="legend">
        <li class="key-curve">target, thick while it is observed</li>
        <li class="key-moon">Moon, {Math.round(moon.moonIllumination * 100)} % lit</li>
        <li class="key-low">below {moon.constraints.minAltitudeDeg}°, where nothing is observed</li>
      </ul>
    </>
  )
}
