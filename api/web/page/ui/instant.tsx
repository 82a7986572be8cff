import { shownNow } from '../clock.ts'
import { useSite } from '../data/site.ts'
import { clockOf, dayOf, minutesOf, siteClockOf, spanOf } from './times.ts'

type Props = { readonly at: string; readonly seconds?: boolean; readonly site?: boolean }

/** An instant: UTC, the site's time beside it, and the day where it is another than today. */
export const Instant = ({ at, seconds, site = true }: Props) => {
  const { data } = useSite()
  const ms = Date.parse(at)
  const day = dayOf(ms)
  return (
    <time
      class="instant"
      dateTime={at}
      title={`${at}${data ? `, ${siteClockOf(ms, data.timeZone)} ${data.timeZone}` : ''}`}
    >
      {day === dayOf(shownNow.value) ? null : <span class="dim">{day} </span>}
      {seconds ? clockOf(ms) : minutesOf(ms)}
      <span class="unit"> UTC</span>
      {site && data ? <span class="site-time"> {siteClockOf(ms, data.timeZone)} site</span> : null}
    </time>
  )
}

/** How long ago. */
export const Ago = ({ at }: { at: string }) => (
  <span class="ago">{spanOf((shownNow.value - Date.parse(at)) / 1000)} ago</span>
)

/** How long until; what is past is said to be. */
export const Until = ({ at }: { at: string }) => {
  const s = (Date.parse(at) - shownNow.value) / 1000
  return <span class="ago">{s < 0 ? `${spanOf(-s)} ago` : `in ${spanOf(s)}`}</span>
}

/** How long it has been so. */
export const For = ({ since }: { since: string }) => (
  <span class="ago">{spanOf((shownNow.value - Date.parse(since)) / 1000)}</span>
)
