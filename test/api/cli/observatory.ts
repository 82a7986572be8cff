import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { freePort } from '#adapters/postgres/embedded/free-port.ts'

/** Runs `noctuary …` with these settings; what it said and how it ended. */
export const noctuary = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const child = spawn(process.execPath, ['api/main.ts', ...args], {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said += text))
  // A test that fails half-way leaves nobody behind: what this process started ends with it.
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said }))
  return { child, ended, said: () => said }
}

/** A folder and ports of its own for one observatory. */
export const newObservatory = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-cli-'))
  const [port, plc] = await Promise.all([freePort(), freePort()])
  const anyPort = {
    TELESCOPE_PORT: '0',
    DOME_PORT: '0',
    VISIBLE_CAMERA_PORT: '0',
    INFRARED_CAMERA_PORT: '0',
    ALERT_SIMULATOR_PORT: '0',
  }
  const env = {
    DATA_DIR: folder,
    PORT: `${port}`,
    PLC_PORT: `${plc}`,
    PLC_PERIOD_MS: '100',
    ...anyPort,
  }
  return {
    env,
    folder,
    /** The ids of the rows of weatherwatch once there are so many, newest first. */
    rows: (atLeast: number): Promise<number[]> =>
      vi.waitFor(
        async () => {
          const answer = await fetch(`http://127.0.0.1:${port}/api/weatherwatch?limit=1000`)
          const { items } = (await answer.json()) as { items: { id: number }[] }
          if (items.length < atLeast) throw new Error(`${items.length} rows, not ${atLeast}`)
          return items.map(({ id }) => id)
        },
        { timeout: 90_000, interval: 50 },
      ),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
