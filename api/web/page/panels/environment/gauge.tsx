import type { SiteAnswer } from '../../../answers.ts'
import { linear } from '../../charts/scale.ts'

type Limits = Pick<SiteAnswer['limits'][number], 'quantity' | 'high' | 'low'>

const width = 200
const height = 12

const ranges: Readonly<Record<string, readonly [number, number]>> = {
  rain: [0, 10],
  wind: [0, 15],
  gust: [0, 18],
  humidity: [0, 100],
  dewPointDepression: [0, 20],
  temperature: [-5, 35],
  skyTemperature: [-45, 5],
  ice: [-10, 20],
  insideHumidity: [0, 100],
  insideTemperature: [-10, 30],
  ups: [90, 100],
  disk: [0, 100],
}

/** Where a value stands on its way to the limit; what lies beyond the limit is hatched. */
export const Gauge = ({ value, limits: { quantity, high, low } }: { value: number; limits: Limits }) => {
  const range = ranges[quantity]
  if (!range || (!high && !low)) return null
  const scale = linear(range, [0, width])
  const x = (at: number) => Math.max(0, Math.min(width, scale(at)))
  return (
    <svg class="gauge" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      <line class="gauge-line" x1={0} x2={width} y1={9} y2={9} />
      {low ? <rect class="gauge-beyond" x={0} y={6} width={x(low.unsafe)} height={6} /> : null}
      {high ? (
        <rect class="gauge-beyond" x={x(high.unsafe)} y={6} width={width - x(high.unsafe)} height={6} />
      ) : null}
      {[low, high].map((side) =>
        side ? (
          <line
            key={side.unsafe}
            class="gauge-limit"
            x1={x(side.unsafe)}
            x2={x(side.unsafe)}
            y1={2}
            y2={12}
          />
        ) : null,
      )}
      <path class="gauge-mark" d={`M${x(value)} 9l-4 -8h8z`} />
    </svg>
  )
}
