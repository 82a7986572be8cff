import { render } from 'preact'
import { App } from './app.tsx'
import { startClock } from './clock.ts'
import { startLive } from './data/live.ts'
import { learnSession } from './data/session.ts'
import { listenToKeys } from './keys.ts'
import { applyLight } from './light.ts'

const root = document.getElementById('page')
if (root) {
  applyLight()
  startClock()
  listenToKeys()
  void learnSession()
  startLive()
  render(<App />, root)
}
