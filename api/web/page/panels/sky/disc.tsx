import { useWidth } from '../../charts/width.ts'
import { type Horizontal, onDisc } from './coordinates.ts'
import type { Mark } from './marks.ts'
import type { Pointing } from './pointing.ts'

const hardLimitDeg = 10
const limitDeg = 30
const rings = [0, 30, 60] as const
const winds = [
  { name: 'N', azimuthDeg: 0 },
  { name: 'E', azimuthDeg: 90 },
  { name: 'S', azimuthDeg: 180 },
  { name: 'W', azimuthDeg: 270 },
] as const

type Disc = { readonly middle: number; readonly radius: number }

const placeOf = (where: Horizontal, { middle, radius }: Disc): { x: number; y: number } => {
  const { x, y } = onDisc(where)
  return { x: middle + x * radius, y: middle + y * radius }
}

const radiusOf = (altitudeDeg: number, { radius }: Disc): number => ((90 - altitudeDeg) / 90) * radius

const Horizon = (disc: Disc) => (
  <>
    <circle class="below-limit" cx={disc.middle} cy={disc.middle} r={disc.radius} />
    <circle class="above-limit" cx={disc.middle} cy={disc.middle} r={radiusOf(limitDeg, disc)} />
    {rings.map((deg) => (
      <circle key={deg} class="ring" cx={disc.middle} cy={disc.middle} r={radiusOf(deg, disc)} />
    ))}
    <circle class="hard-limit" cx={disc.middle} cy={disc.middle} r={radiusOf(hardLimitDeg, disc)} />
    <line
      class="ring"
      x1={disc.middle}
      x2={disc.middle}
      y1={disc.middle - disc.radius}
      y2={disc.middle + disc.radius}
    />
    <line
      class="ring"
      y1={disc.middle}
      y2={disc.middle}
      x1={disc.middle - disc.radius}
      x2={disc.middle + disc.radius}
    />
    {rings.slice(1).map((deg) => (
      <text key={deg} x={disc.middle + 4} y={disc.middle + radiusOf(deg, disc) - 4}>
        {deg}°
      </text>
    ))}
    {winds.map(({ name, azimuthDeg }) => {
      const { x, y } = placeOf({ altitudeDeg: -6, azimuthDeg }, disc)
      return (
        <text key={name} class="wind" x={x} y={y + 5} text-anchor="middle">
          {name}
        </text>
      )
    })}
  </>
)

const Telescope = ({ pointing, disc }: { pointing: Pointing; disc: Disc }) => {
  const { x, y } = placeOf(pointing, disc)
  return (
    <g class="telescope">
      <circle cx={x} cy={y} r={11} />
      <path d={`M${x - 18} ${y}h10M${x + 8} ${y}h10M${x} ${y - 18}v10M${x} ${y + 8}v10`} />
      <title>{`The telescope, ${pointing.state}`}</title>
    </g>
  )
}

const shapes: Readonly<Record<Mark['kind'], string>> = {
  target: 'M0 -5L5 0 0 5 -5 0z',
  'observed now': 'M0 -6L6 0 0 6 -6 0z',
  past: 'M-3 -3L3 3M3 -3L-3 3',
  alert: 'M0 -7L6 5H-6z',
}

const labelHeight = 13

type Labelled = { readonly mark: Mark; readonly x: number; readonly y: number; readonly down: number }

/** Labels of neighbours are moved down until none lies over another. */
const labelled = (marks: readonly Mark[], disc: Disc): readonly Labelled[] => {
  const done: Labelled[] = []
  const places = marks
    .filter(({ altitudeDeg }) => altitudeDeg >= 0)
    .map((mark) => ({ mark, ...placeOf(mark, disc) }))
    .toSorted((a, b) => a.y - b.y)
  for (const one of places) {
    const near = done.filter(({ x }) => Math.abs(x - one.x) < 110).map(({ y, down }) => y + down)
    done.push({
      ...one,
      down: Math.max(0, Math.max(Number.NEGATIVE_INFINITY, ...near) + labelHeight - one.y),
    })
  }
  return done
}

const MarkOf = ({ place: { mark, x, y, down }, disc }: { place: Labelled; disc: Disc }) => {
  const isRight = x > disc.middle + disc.radius * 0.6
  return (
    <g
      class={`mark mark-${mark.kind.replace(' ', '-')}`}
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
    >
      <path d={shapes[mark.kind]} />
      <text x={isRight ? -9 : 9} y={4 + down} text-anchor={isRight ? 'end' : 'start'}>
        {mark.name}
      </text>
    </g>
  )
}

/** The sky over the site: the zenith in the middle, the horizon around it. */
export const SkyDisc = ({
  pointing,
  moon,
  marks,
}: {
  pointing: Pointing | null
  moon: Horizontal
  marks: readonly Mark[]
}) => {
  const { ref, width } = useWidth<HTMLDivElement>()
  const size = Math.min(width, 640)
  const disc: Disc = { middle: size / 2, radius: size / 2 - 26 }
  const moonAt = placeOf(moon, disc)
  return (
    <div ref={ref} class="sky">
      {size === 0 ? null : (
        <svg
          width={size}
          height={size}
          role="img"
          aria-label="The sky over the site; the table beside it says the same"
        >
          <Horizon {...disc} />
          {moon.altitudeDeg > 0 ? (
            <g class="moon">
              <circle cx={moonAt.x} cy={moonAt.y} r={8} />
              <text x={moonAt.x + 13} y={moonAt.y + 4}>
                Moon
              </text>
            </g>
          ) : null}
          {labelled(marks, disc).map((place) => (
            <MarkOf key={place.mark.id} place={place} disc={disc} />
          ))}
          {pointing && pointing.altitudeDeg >= 0 ? <Telescope pointing={pointing} disc={disc} /> : null}
        </svg>
      )}
      <ul class="legend">
        <li class="key-low">below {limitDeg}°, where nothing is observed</li>
        <li class="key-hard">{hardLimitDeg}°, where the telescope does not go</li>
      </ul>
    </div>
  )
}
