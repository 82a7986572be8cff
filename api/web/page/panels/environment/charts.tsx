import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { SiteAnswer, SiteRow, WeatherRow } from '../../../answers.ts'
import { type LimitLine, LineChart } from '../../charts/line-chart.tsx'
import { shownNow } from '../../clock.ts'
import { useSite } from '../../data/site.ts'
import { measured } from '../../ui/numbers.ts'
import { Empty } from '../../ui/section.tsx'
import { useRows } from './weather-rows.ts'

/** Every so many polls is enough for a span: a chart has not more than a thousand points. */
const spans = [
  { name: '30 min', hours: 0.5, every: 1 },
  { name: '3 h', hours: 3, every: 6 },
  { name: '12 h', hours: 12, every: 24 },
] as const

const limitsOf = (site: SiteAnswer | null, quantity: string): LimitLine[] => {
  const limits = site?.limits.find((one) => one.quantity === quantity)
  if (!limits) return []
  return [limits.low, limits.high].flatMap((side) =>
    side ? [{ at: side.unsafe, label: `limit ${measured(side.unsafe, limits.unit)}` }] : [],
  )
}

/** Rows in the order of time, none older than the span. */
const columns = <R extends { readonly updated: string }>(rows: readonly R[], sinceMs: number) => {
  const ordered = rows.filter(({ updated }) => Date.parse(updated) >= sinceMs).toReversed()
  const times = ordered.map(({ updated }) => Date.parse(updated) / 1000)
  return { times, of: (value: (row: R) => number | null) => ordered.map(value) }
}

const Weather = ({
  rows,
  sinceMs,
  site,
}: {
  rows: readonly WeatherRow[]
  sinceMs: number
  site: SiteAnswer | null
}) => {
  const { times, of } = useMemo(() => columns(rows, sinceMs), [rows, Math.floor(sinceMs / 60_000)])
  const limits = (quantity: string) => limitsOf(site, quantity)
  const one = (label: string, value: (row: WeatherRow) => number | null) => [{ label, values: of(value) }]
  return (
    <>
      <LineChart
        title="Rain"
        unit="mm/h"
        times={times}
        lines={one('rain', (r) => r.rain)}
        limits={limits('rain')}
        range={[0, 2]}
      />
      <LineChart
        title="Wind"
        unit="m/s"
        times={times}
        lines={one('wind', (r) => r.wind)}
        limits={limits('wind')}
        range={[0, 12]}
      />
      <LineChart
        title="Humidity"
        unit="%"
        digits={0}
        times={times}
        lines={one('outside', (r) => r.humidity)}
        limits={limits('humidity')}
        range={[20, 95]}
      />
      <LineChart
        title="Temperature"
        unit="°C"
        times={times}
        lines={one('outside', (r) => r.temperature)}
        limits={limits('temperature')}
        range={[0, 36]}
      />
      <LineChart
        title="Sky temperature, the colder the clearer"
        unit="°C"
        times={times}
        lines={one('sky', (r) => r.cloud)}
        limits={limits('skyTemperature')}
        range={[-35, -10]}
      />
      <LineChart
        title="Pressure"
        unit="mbar"
        digits={0}
        times={times}
        lines={one('outside', (r) => r.pressure)}
        range={[760, 775]}
      />
    </>
  )
}

const Inside = ({
  rows,
  sinceMs,
  site,
}: {
  rows: readonly SiteRow[]
  sinceMs: number
  site: SiteAnswer | null
}) => {
  const { times, of } = useMemo(() => columns(rows, sinceMs), [rows, Math.floor(sinceMs / 60_000)])
  return (
    <>
      <LineChart
        title="Humidity inside"
        unit="%"
        digits={0}
        times={times}
        lines={[{ label: 'inside', values: of((r) => r.humidity) }]}
        limits={limitsOf(site, 'insideHumidity')}
        range={[20, 90]}
      />
      <LineChart
        title="Temperature inside"
        unit="°C"
        times={times}
        lines={[{ label: 'inside', values: of((r) => r.temperature) }]}
        limits={limitsOf(site, 'insideTemperature')}
        range={[-2, 25]}
      />
    </>
  )
}

/** The weather and the inside over the last hours, each against its limit. */
export const Charts = () => {
  const chosen = useSignal<(typeof spans)[number]>(spans[0])
  const { hours, every } = chosen.value
  const { data: site } = useSite()
  const weather = useRows<WeatherRow>('weatherwatch', every, 1000)
  const inner = useRows<SiteRow>('sitewatch', every, 1000)
  const sinceMs = shownNow.value - hours * 3_600_000
  return (
    <>
      <fieldset class="choices" aria-label="How far back">
        {spans.map((span) => (
          <button
            key={span.name}
            type="button"
            aria-pressed={span === chosen.value}
            onClick={() => {
              chosen.value = span
            }}
          >
            {span.name}
          </button>
        ))}
      </fieldset>
      {weather.length === 0 ? (
        <Empty>No poll was answered yet. The first point appears with the first answer of the PLC.</Empty>
      ) : (
        <div class="charts">
          <Weather rows={weather} sinceMs={sinceMs} site={site} />
          <Inside rows={inner} sinceMs={sinceMs} site={site} />
        </div>
      )}
    </>
  )
}
