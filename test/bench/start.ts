import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '#adapters/postgres/embedded/free-port.ts'
import type { Bench } from './bench.ts'
import { median, rounded } from './statistics.ts'

const hasRow = async (port: number): Promise<boolean> => {
  const answer = await fetch(`http://127.0.0.1:${port}/api/weatherwatch?limit=1`).catch(() => null)
  if (!answer?.ok) return false
  const { items } = (await answer.json()) as { items: unknown[] }
  return items.length > 0
}

/** Starts the whole observatory in a folder and ends it; seconds to the first row served after the process began. */
const startOnce = async (folder: string): Promise<number> => {
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: `${port}`,
    PLC_PORT: `${await freePort()}`,
    TELESCOPE_PORT: '0',
    DOME_PORT: '0',
    VISIBLE_CAMERA_PORT: '0',
    INFRARED_CAMERA_PORT: '0',
    ALERT_SIMULATOR_PORT: '0',
    DATA_DIR: folder,
  }
  const began = performance.now()
  const child = spawn('npm', ['start', '--silent'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  })
  const exited = once(child, 'exit')
  try {
    while (!(await hasRow(port))) await pause(20)
    return (performance.now() - began) / 1000
  } finally {
    if (child.pid) process.kill(-child.pid, 'SIGINT')
    await exited
  }
}

/** The command of the README, from its first letter to the first row: in an empty folder, and in one used before. */
export const start: Bench = {
  name: 'start',
  about: 'npm start to the first row served, with an empty data folder and with a used one',
  run: async ({ quick }) => {
    const cold: number[] = []
    const warm: number[] = []
    for (let round = 0; round < (quick ? 1 : 5); round++) {
      const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-start-'))
      cold.push(await startOnce(folder))
      warm.push(await startOnce(folder))
      await rm(folder, { recursive: true, force: true })
    }
    console.table({
      cold: { seconds: median(cold), all: cold.map(rounded).join(' ') },
      warm: { seconds: median(warm), all: warm.map(rounded).join(' ') },
    })
    return { coldS: rounded(median(cold)), warmS: rounded(median(warm)) }
  },
}
