import type { ComponentType } from 'preact'
import { Help } from './help.tsx'
import { Alerts } from './panels/alerts/alerts.tsx'
import { EnvironmentPanel } from './panels/environment/environment.tsx'
import { Journal } from './panels/journal/journal.tsx'
import { NightPanel } from './panels/night/night.tsx'
import { Replay } from './panels/replay/replay.tsx'
import { Requests } from './panels/requests/requests.tsx'
import { SchedulePanel } from './panels/schedule/schedule.tsx'
import { SignIn } from './panels/sign-in/sign-in.tsx'
import { SkyPanel } from './panels/sky/sky.tsx'
import { SystemPanel } from './panels/system/system.tsx'
import type { PlacePath } from './places.ts'
import { route } from './route.ts'
import { Masthead } from './shell/masthead.tsx'
import { Notices } from './shell/notices.tsx'

const panels: Readonly<Record<PlacePath, ComponentType>> = {
  '/': NightPanel,
  '/environment': EnvironmentPanel,
  '/schedule': SchedulePanel,
  '/requests': Requests,
  '/alerts': Alerts,
  '/sky': SkyPanel,
  '/journal': Journal,
  '/replay': Replay,
  '/system': SystemPanel,
  '/sign-in': SignIn,
}

const isPlace = (path: string): path is PlacePath => Object.hasOwn(panels, path)

export const App = () => {
  const { path } = route.value
  const Panel = panels[isPlace(path) ? path : '/']
  return (
    <>
      <a class="skip" href="#panel">
        Skip to the panel
      </a>
      <Masthead />
      <Notices />
      <main id="panel" tabIndex={-1}>
        <Panel key={path} />
      </main>
      <Help />
    </>
  )
}
