import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { vi } from 'vitest'
import { startEmbeddedPostgres } from '#adapters/postgres/embedded/start.ts'
import { testFolder } from '#test/support/test-folder.ts'

/** What a person starts one by one, each a process of its own. */
export const starters = ['eventstore', 'postgres', 'plc', 'monitor', 'api'] as const
export type Starter = (typeof starters)[number]

const partsOf = (starter: Starter): string => (starter === 'api' ? 'projections,api' : starter)

const makeTemplate = async () => {
  const { path: folder } = await testFolder()
  const cluster = await startEmbeddedPostgres({ dataDir: folder })
  const url = cluster.url()
  await cluster.stop()
  return { folder, url }
}

let made: ReturnType<typeof makeTemplate> | undefined

/** A cluster made beforehand, to be copied: its address is then known to those who start before it. */
const template = () => {
  made ??= makeTemplate()
  return made
}

/** Where everything will be, before anything runs. */
const plan = async (slot: number) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-order-'))
  // Below the ports that the kernel hands out: those who start late must find theirs still free.
  const first = 21_000 + slot * 4
  const [api, plc, eventstore, postgres] = [first, first + 1, first + 2, first + 3] as const
  const cluster = await template()
  await cp(cluster.folder, path.join(folder, 'postgres'), { recursive: true })
  const databaseUrl = cluster.url.replace(/:\d+\//, `:${postgres}/`)
  const env = { DATA_DIR: folder, PORT: `${api}`, PLC_PERIOD_MS: '100', LOG_LEVEL: 'silent' }
  const stores = { EVENTSTORE_URL: `esdb://127.0.0.1:${eventstore}?tls=false`, DATABASE_URL: databaseUrl }
  const settings: Record<Starter, NodeJS.ProcessEnv> = {
    plc: { ...env, PLC_PORT: `${plc}` },
    monitor: { ...env, ...stores, PLC_ADDRESS: `127.0.0.1:${plc}` },
    eventstore: { ...env, EVENTSTORE_PORT: `${eventstore}` },
    postgres: { ...env, POSTGRES_PORT: `${postgres}` },
    api: { ...env, ...stores },
  }
  return { folder, settings, url: `http://127.0.0.1:${api}` }
}

const start = (starter: Starter, env: NodeJS.ProcessEnv) => {
  const args = ['api/main.ts', 'start', '--only', partsOf(starter)]
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  return { child, exited, spoken: once(child.stdout, 'data') }
}

const newestId = async (url: string): Promise<number> => {
  const answer = await fetch(`${url}/api/weatherwatch?limit=1`)
  if (!answer.ok) throw new Error(`weatherwatch answers ${answer.status}`)
  const { items } = (await answer.json()) as { items: { id: number }[] }
  const [newest] = items
  if (!newest) throw new Error('weatherwatch has no row yet')
  return newest.id
}

/**
 * Starts the five in this order, each once the one before has spoken, and waits until all is well and rows keep coming.
 * Runs at the same time need slots of their own.
 */
export const startInOrder = async (
  slot: number,
  order: readonly Starter[],
): Promise<{ healthy: boolean; rowsGoOn: boolean }> => {
  const { folder, settings, url } = await plan(slot)
  const running: ReturnType<typeof start>[] = []
  try {
    for (const starter of order) {
      const process = start(starter, settings[starter])
      running.push(process)
      await Promise.race([process.spoken, process.exited])
    }
    const patience = { timeout: 90_000, interval: 50 }
    const first = await vi.waitFor(() => newestId(url), patience)
    await vi.waitFor(async () => {
      if ((await newestId(url)) <= first) throw new Error('no new row yet')
    }, patience)
    await vi.waitFor(async () => {
      if (!(await fetch(`${url}/health`)).ok) throw new Error('not healthy yet')
    }, patience)
    return { healthy: true, rowsGoOn: true }
  } finally {
    for (const { child } of running) child.kill('SIGINT')
    await Promise.all(running.map(({ exited }) => exited))
    await rm(folder, { recursive: true, force: true })
  }
}
