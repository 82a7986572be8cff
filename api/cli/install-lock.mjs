import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './root.mjs'

const lock = path.join(root, '.bootstrap.lock')
const pidFile = path.join(lock, 'pid')

// An install takes half a minute. Past this age the holder hangs, or its pid went to another program.
const oldestMs = 10 * 60_000
// Between making the folder and writing the pid into it.
const namelessMs = 5_000

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

const holder = () => {
  try {
    return Number(readFileSync(pidFile, 'utf8')) || undefined
  } catch {
    return undefined
  }
}

const isStale = () => {
  try {
    const age = Date.now() - statSync(lock).mtimeMs
    const pid = holder()
    return age > oldestMs || (pid === undefined ? age > namelessMs : !isAlive(pid))
  } catch {
    return false // Released meanwhile.
  }
}

const take = () => {
  try {
    mkdirSync(lock)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
  writeFileSync(pidFile, `${process.pid}`)
  return true
}

const release = () => rmSync(lock, { recursive: true, force: true })

// The whole program waits, so a blocking pause does, and needs no event loop.
const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/** Runs `work` while no other process does; a lock left by a killed process, or too old, does not count. */
export const withInstallLock = (work) => {
  for (let waits = 0; !take(); waits++) {
    if (isStale()) {
      release()
      continue
    }
    if (waits === 0) console.error(`process ${holder() ?? ''} is installing the dependencies; waiting for it`)
    pause(200)
  }
  try {
    return work()
  } finally {
    release()
  }
}
