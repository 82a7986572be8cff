import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readConfig } from '#api/config.ts'
import { partNames } from '#api/parts/part-names.ts'
import { startSystem } from '#api/system.ts'
import { siteAtMidnight } from '#test/support/night-now.ts'

const dry = [{ iterations: 36_000, repeat: true, status: 'demo', clock: 'advancing', wander: true }]

/** Long enough for the conductor's heart to beat first. */
const goodForS = 8
const quantities = [
  ...['rain', 'wind', 'gust', 'humidity', 'dewPointDepression', 'temperature', 'skyTemperature'],
  ...['ice', 'insideHumidity', 'insideTemperature', 'ups', 'link'],
]
const limits = Object.fromEntries(
  quantities.map((name) => [name, name === 'ice' ? { goodForS, afterUnknownS: goodForS } : { goodForS }]),
)

const simulators = [
  'PLC_PORT',
  'TELESCOPE_PORT',
  'DOME_PORT',
  'VISIBLE_CAMERA_PORT',
  'INFRARED_CAMERA_PORT',
  'ALERT_SIMULATOR_PORT',
]

/** The whole observatory in this process, at a place where it is midnight now, under a dry sky. */
export const startObservatoryByNight = async () => {
  await using starting = new AsyncDisposableStack()
  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-page-'))
  starting.defer(() => rm(folder, { recursive: true, force: true }))
  const scenario = path.join(folder, 'dry.json')
  await writeFile(scenario, JSON.stringify(dry))
  const site = siteAtMidnight(Date.now())
  const said: string[] = []
  const config = readConfig({
    ...Object.fromEntries(simulators.map((name) => [name, '0'])),
    PORT: '0',
    DATA_DIR: path.join(folder, 'data'),
    SITE: JSON.stringify(site),
    SAFETY_LIMITS: JSON.stringify(limits),
    PLC_PERIOD_MS: '500',
    LOG_LEVEL: 'error',
  })
  const system = await startSystem({ config, scenario, only: [...partNames], say: (line) => said.push(line) })
  starting.defer(() => system.stop())
  const stack = starting.move()
  const api = system.addresses.get('api')
  if (!api) throw new Error('the API did not start')
  return { api, site, said, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}
