import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JournalEntry, Night } from '../../../answers.ts'
import { serverNow } from '../../clock.ts'
import { useNow } from '../../data/answer.ts'
import { useSite } from '../../data/site.ts'
import { amend, moment } from '../../route.ts'
import { clockOf, dayOf, siteClockOf } from '../../ui/times.ts'
import { turningUrl } from './happenings.tsx'
import { instantAt, nightAt, spanOfNight } from './span.ts'

/** A slider that is dragged asks for the past only where it rests. */
const restMs = 200

type Span = { readonly from: number; readonly until: number }

const Marks = ({ night, span: { from, until } }: { night: Night; span: Span }) => {
  const { data } = useNow<{ items: JournalEntry[] }>(turningUrl(night.night), ['journal'])
  return (
    <svg class="replay-marks" viewBox="0 0 1000 6" preserveAspectRatio="none" aria-hidden="true">
      {(data?.items ?? []).map(({ id, occurredAt, type }) => {
        const x = ((Date.parse(occurredAt) - from) / (until - from)) * 1000
        return (
          <line
            key={id}
            class={type === 'SafetyVerdictGiven' ? 'turn-verdict' : ''}
            x1={x}
            x2={x}
            y1={0}
            y2={6}
          />
        )
      })}
    </svg>
  )
}

const Slider = ({ night, at }: { night: Night; at: string }) => {
  const span = spanOfNight(night, serverNow.value)
  const dragged = useSignal<number | null>(null)
  const { data: site } = useSite()
  const shown = dragged.value ?? Date.parse(at)
  useEffect(() => {
    if (dragged.value === null) return undefined
    const timer = setTimeout(() => {
      if (dragged.value !== null) amend({ at: instantAt(dragged.value, span) })
      dragged.value = null
    }, restMs)
    return () => clearTimeout(timer)
  }, [dragged.value])
  const step = (minutes: number) => amend({ at: instantAt(Date.parse(at) + minutes * 60_000, span) })
  return (
    <>
      <div class="replay-line">
        <strong>Replay</strong>
        <span class="replay-at">
          {dayOf(shown)} {clockOf(shown)}
          <span class="unit"> UTC</span>
          {site ? <span class="dim"> {siteClockOf(shown, site.timeZone)} site</span> : null}
        </span>
        <span class="replay-steps">
          {[-10, -1, 1, 10].map((minutes) => (
            <button key={minutes} type="button" onClick={() => step(minutes)}>
              {minutes > 0 ? '+' : '−'}
              {Math.abs(minutes)} min
            </button>
          ))}
        </span>
        <button type="button" onClick={() => amend({ at: null })}>
          Back to now
        </button>
      </div>
      <input
        type="range"
        aria-label="Instant of the night"
        aria-valuetext={`${clockOf(shown)} UTC`}
        min={span.from}
        max={span.until}
        step={1000}
        value={shown}
        onInput={(event) => {
          dragged.value = Number(event.currentTarget.value)
        }}
      />
      <Marks night={night} span={span} />
    </>
  )
}

/** Above every panel while a past instant is looked at, so that nobody takes it for now. */
export const ReplayBar = () => {
  const { data } = useNow<{ items: Night[] }>('/api/nights?limit=60', ['nights'])
  const at = moment.value
  if (at === null) return null
  const night = nightAt(data?.items ?? [], at)
  return (
    <section class="notice notice-replay" aria-label="Replay">
      {night ? (
        <Slider night={night} at={at} />
      ) : (
        <div class="replay-line">
          <strong>Replay</strong> {at}
          <button type="button" onClick={() => amend({ at: null })}>
            Back to now
          </button>
        </div>
      )}
    </section>
  )
}
