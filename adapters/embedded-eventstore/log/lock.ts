import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { errorCode, LogUnusable } from './errors.ts'

export type FolderLock = { release(): void }

/**
 * Holds a folder for this process alone. The lock is a bound abstract socket named after the folder's inode: the kernel lets go of
 * it however the process ends, so there is no stale lock. Elsewhere than on Linux a file with the holder's pid has to do.
 */
export const lockFolder = async (folder: string): Promise<FolderLock> => {
  const holderFile = path.join(folder, 'holder.json')
  const release = process.platform === 'linux' ? await bindName(folder, holderFile) : takeFile(holderFile)
  fs.writeFileSync(holderFile, JSON.stringify({ pid: process.pid }))
  return {
    release: () => {
      fs.rmSync(holderFile, { force: true })
      release()
    },
  }
}

const inUse = (folder: string, holderFile: string): LogUnusable => {
  const pid = holderPid(holderFile)
  return new LogUnusable(`${folder} is in use by another event store${pid ? ` (process ${pid})` : ''}`)
}

const bindName = async (folder: string, holderFile: string): Promise<() => void> => {
  const { dev, ino } = fs.statSync(folder)
  const server = net.createServer((socket) => socket.destroy())
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(`\0noctuary-eventstore-${dev}-${ino}`, resolve)
    })
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') throw inUse(folder, holderFile)
    throw error
  }
  server.unref()
  return () => server.close()
}

const takeFile = (holderFile: string): (() => void) => {
  const pid = holderPid(holderFile)
  if (pid !== undefined && pid !== process.pid && isAlive(pid))
    throw inUse(path.dirname(holderFile), holderFile)
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

const holderPid = (holderFile: string): number | undefined => {
  try {
    const holder: unknown = JSON.parse(fs.readFileSync(holderFile, 'utf8'))
    if (typeof holder !== 'object' || holder === null || !('pid' in holder)) return undefined
    return typeof holder.pid === 'number' ? holder.pid : undefined
  } catch {
    return undefined
  }
}
