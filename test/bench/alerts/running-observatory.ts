import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type OpenEventStore, openEventStore } from '#adapters/eventstore/event-store.ts'
import { freePort } from '#adapters/postgres/embedded/free-port.ts'
import type { VtpAddress } from '#adapters/vtp/connect.ts'
import { readLocalToken } from '#api/auth/local-token.ts'
import type { Site } from '#domain/shared/site.ts'

const program = fileURLToPath(new URL('../../../api/main.ts', import.meta.url))

const dry = [{ iterations: 36_000, repeat: true, status: 'demo', clock: 'advancing', wander: true }]

/** Long enough for the conductor's heart to beat first. */
const goodForS = 12
const quantities = [
  ...['rain', 'wind', 'gust', 'humidity', 'dewPointDepression', 'temperature', 'skyTemperature'],
  ...['ice', 'insideHumidity', 'insideTemperature', 'ups', 'link'],
]
const limits = Object.fromEntries(
  quantities.map((name) => [name, name === 'ice' ? { goodForS, afterUnknownS: goodForS } : { goodForS }]),
)

/** The whole observatory as `noctuary start` runs it, in processes of its own, under a dry sky. */
export const startRunningObservatory = async (site: Site, broker: VtpAddress) => {
  await using starting = new AsyncDisposableStack()
  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-alerts-'))
  starting.defer(() => rm(folder, { recursive: true, force: true }))
  const scenario = path.join(folder, 'dry.json')
  await writeFile(scenario, JSON.stringify(dry))
  const [port, eventStorePort] = [await freePort(), await freePort()]
  const free = ['PLC_PORT', 'TELESCOPE_PORT', 'DOME_PORT', 'VISIBLE_CAMERA_PORT', 'INFRARED_CAMERA_PORT']
  const env = {
    ...process.env,
    ...Object.fromEntries(free.map((name) => [name, '0'])),
    PORT: `${port}`,
    EVENTSTORE_PORT: `${eventStorePort}`,
    DATA_DIR: path.join(folder, 'data'),
    SITE: JSON.stringify(site),
    SAFETY_LIMITS: JSON.stringify(limits),
    ALERT_BROKERS: `${broker.host}:${broker.port}`,
  }
  const child = spawn(process.execPath, [program, 'start', '--scenario', scenario], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exited = once(child, 'exit')
  starting.defer(async () => {
    child.kill('SIGINT')
    await exited
  })
  const store: OpenEventStore = openEventStore(`esdb://127.0.0.1:${eventStorePort}?tls=false`)
  starting.defer(() => store.close())
  const stack = starting.move()
  return {
    api: `http://127.0.0.1:${port}`,
    /** Of programs on this machine; there once it has started. */
    bearer: () => readLocalToken(env.DATA_DIR),
    store,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type RunningObservatory = Awaited<ReturnType<typeof startRunningObservatory>>
