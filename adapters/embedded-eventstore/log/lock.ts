import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { errorCode, LogUnusable } from './errors.ts'

const holderName = 'holder.json'

export type FolderLock = { release(): void }

/**
 * Holds a folder for this process alone. The lock is a bound abstract socket named after the folder's inode: the kernel lets go of
 * it however the process ends, so there is no stale lock. Elsewhere than on Linux a file with the holder's pid has to do.
 */
export const lockFolder = async (folder: string): Promise<FolderLock> => {
  const holderFile = path.join(folder, holderName)
  const release = process.platform === 'linux' ? await bindName(folder) : takeFile(folder)
  try {
    fs.writeFileSync(holderFile, JSON.stringify({ pid: process.pid }))
  } catch {
    // A full disk must not keep the log from being read; the file only names the holder.
  }
  return {
    release: () => {
      fs.rmSync(holderFile, { force: true })
      release()
    },
  }
}

const inUse = (folder: string): LogUnusable => {
  const pid = holderPid(folder)
  return new LogUnusable(`${folder} is in use by another event store${pid ? ` (process ${pid})` : ''}`)
}

const bindName = async (folder: string): Promise<() => void> => {
  const { dev, ino } = fs.statSync(folder)
  const server = net.createServer((socket) => socket.destroy())
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(`\0noctuary-eventstore-${dev}-${ino}`, resolve)
    })
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') throw inUse(folder)
    throw error
  }
  server.unref()
  return () => server.close()
}

const takeFile = (folder: string): (() => void) => {
  const pid = holderPid(folder)
  if (pid !== undefined && pid !== process.pid && isAlive(pid)) throw inUse(folder)
  return () => {}
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** The process that holds, or last held, a log's folder. */
export const holderPid = (folder: string): number | undefined => {
  try {
    const holder: unknown = JSON.parse(fs.readFileSync(path.join(folder, holderName), 'utf8'))
    if (typeof holder !== 'object' || holder === null || !('pid' in holder)) return undefined
    return typeof holder.pid === 'number' ? holder.pid : undefined
  } catch {
    return undefined
  }
}
