import { serverNow } from '../clock.ts'
import { session } from '../data/session.ts'
import { useSite } from '../data/site.ts'
import { helpOpen } from '../keys.ts'
import { light, toggleLight } from '../light.ts'
import { places, signInPath } from '../places.ts'
import { route } from '../route.ts'
import { Link } from '../ui/link.tsx'
import { clockOf, dayOf, siteClockOf } from '../ui/times.ts'
import { Lamps } from './lamps.tsx'

const Clock = () => {
  const { data: site } = useSite()
  const ms = serverNow.value
  return (
    <div class="clock">
      <span class="clock-utc">{clockOf(ms)}</span>
      <span class="unit"> UTC</span>
      <span class="dim">
        {' '}
        {dayOf(ms)}
        {site ? ` · ${siteClockOf(ms, site.timeZone)} at the site` : ''}
      </span>
    </div>
  )
}

const Who = () => {
  const now = session.value
  if (!now) return null
  const name = now.name ?? now.user
  return (
    <Link to={signInPath} class="who">
      {name ?? (now.demo ? 'Demo: looking only' : 'Sign in')}
    </Link>
  )
}

/** Name, time, the four lamps that matter anywhere, and the ways to the panels. */
export const Masthead = () => {
  const { data: site } = useSite()
  return (
    <header class="masthead">
      <div class="masthead-line">
        <div class="brand">
          <strong>Noctuary</strong>
          {site ? <span class="dim"> {site.name}</span> : null}
          {site?.simulated ? <span class="tag">simulated</span> : null}
        </div>
        <Clock />
        <div class="tools">
          <Who />
          <button type="button" class="plain" aria-pressed={light.value === 'red'} onClick={toggleLight}>
            {light.value === 'red' ? 'White light' : 'Red light'}
          </button>
          <button
            type="button"
            class="plain"
            aria-label="Keyboard shortcuts"
            onClick={() => {
              helpOpen.value = true
            }}
          >
            ?
          </button>
        </div>
      </div>
      <Lamps />
      <nav aria-label="Panels">
        {places.map(({ path, name }) => (
          <Link key={path} to={path} current={route.value.path === path}>
            {name}
          </Link>
        ))}
      </nav>
    </header>
  )
}
