import { readdir, readFile, readlink, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { EmbeddedPostgresError } from './error.ts'

// Postgres and its backends work inside their data folder, and a zombie has no working directory any more.
const processesIn = async (folder: string): Promise<number[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const inside = await Promise.all(
    pids.map(async (pid) => (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === folder),
  )
  return pids.filter((_, i) => inside[i]).map(Number)
}

const signal = (pid: number, name: NodeJS.Signals) => {
  try {
    process.kill(pid, name)
  } catch {
    // It ended between the look and the signal, which is what we wanted.
  }
}

const waitUntilEmpty = async (folder: string, seconds: number): Promise<number[]> => {
  const end = performance.now() + seconds * 1000
  let left = await processesIn(folder)
  for (; left.length > 0 && performance.now() < end; left = await processesIn(folder)) await pause(30)
  return left
}

/**
 * Ends a Postgres whose owner is gone and removes the lock it left. Postgres itself takes a zombie for a living
 * server and would refuse to start. Only for the holder of the folder's lock: whatever still runs there is an orphan.
 */
export const clearStaleLock = async (pgdata: string, log: (line: string) => void): Promise<void> => {
  const file = path.join(pgdata, 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  // Without /proc Postgres is left to judge for itself.
  if (text === undefined || process.platform !== 'linux') return
  const postmaster = Number.parseInt(text, 10)
  if ((await processesIn(pgdata)).includes(postmaster)) {
    log(`ending an orphaned Postgres, process ${postmaster}`)
    signal(postmaster, 'SIGINT')
  }
  for (const pid of await waitUntilEmpty(pgdata, 10)) signal(pid, 'SIGQUIT')
  const left = await waitUntilEmpty(pgdata, 10)
  if (left.length > 0) {
    throw new EmbeddedPostgresError(`processes ${left.join(', ')} still use ${pgdata}: end them first`)
  }
  log('removing the lock of a Postgres that was killed')
  await rm(file, { force: true })
}
