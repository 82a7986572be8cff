import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Visibility } from '../../../answers.ts'
import { AltitudePlot, altitudePath } from '../../charts/altitude-plot.tsx'
import { useNow } from '../../data/answer.ts'
import { fixed } from '../../ui/numbers.ts'
import { Empty } from '../../ui/section.tsx'
import { minutesOf, spanOf } from '../../ui/times.ts'
import { type FormText, visibilityUrl } from './form-text.ts'

/** Somebody who types is not asked for after each letter. */
const pauseMs = 250

const summaryOf = ({ windows, moments, night }: Visibility): string => {
  const seconds = windows.reduce(
    (sum, { from, until }) => sum + (Date.parse(until) - Date.parse(from)) / 1000,
    0,
  )
  if (windows.length === 0) return `In the night of ${night} it can never be observed within these limits.`
  const highest = Math.max(...moments.map(({ altitudeDeg }) => altitudeDeg))
  const spans = windows.map(
    ({ from, until }) => `${minutesOf(Date.parse(from))} to ${minutesOf(Date.parse(until))}`,
  )
  return `In the night of ${night} it can be observed for ${spanOf(seconds)}: ${spans.join(', ')} UTC; at most ${fixed(highest, 0)}° high.`
}

/** How the target that is being typed stands through the night, and when it can be observed. */
export const VisibilityCurve = ({ form }: { form: FormText }) => {
  const url = useSignal<string | null>(null)
  const wanted = visibilityUrl(form)
  useEffect(() => {
    const timer = setTimeout(() => {
      url.value = wanted
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [wanted])
  const { data, trouble } = useNow<Visibility>(url.value)
  if (url.value === null)
    return <Empty>Type a place in the sky to see how it stands through the night.</Empty>
  if (!data) return <Empty>{trouble ? trouble.detail : 'Asking the observatory…'}</Empty>
  if (!data.from || !data.until) return <Empty>It does not get dark in the night of {data.night}.</Empty>
  const target = data.moments.map(({ at, altitudeDeg }) => ({ at, deg: altitudeDeg }))
  const moon = data.moments.map(({ at, moonAltitudeDeg }) => ({ at, deg: moonAltitudeDeg }))
  return (
    <div>
      <p aria-live="polite">{summaryOf(data)}</p>
      <AltitudePlot
        from={Date.parse(data.from)}
        until={Date.parse(data.until)}
        lowestDeg={data.constraints.minAltitudeDeg}
        label="Altitude of the target and of the Moon through the night"
      >
        {(frame) => (
          <>
            {data.windows.map(({ from, until }) => (
              <rect
                key={from}
                class="window"
                x={frame.x(Date.parse(from))}
                width={frame.x(Date.parse(until)) - frame.x(Date.parse(from))}
                y={frame.bottom - 5}
                height={5}
              />
            ))}
            <path class="moon-path" d={altitudePath(moon, frame)} />
            <path class="target-path" d={altitudePath(target, frame)} />
          </>
        )}
      </AltitudePlot>
      <ul class="legend">
        <li class="key-curve">target</li>
        <li class="key-moon">Moon, {Math.round(data.moonIllumination * 100)} % lit</li>
        <li class="key-window">can be observed</li>
      </ul>
    </div>
  )
}
