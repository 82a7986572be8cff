import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const noted = z.object({ pid: z.int().positive(), url: z.string() })

const fileIn = (dataDir: string): string => path.join(dataDir, 'eventstore.json')

/** Says where the embedded event store of a data folder listens, for commands given beside it. Gives the way to unsay it. */
export const noteEventStore = async (dataDir: string, url: string): Promise<() => Promise<void>> => {
  const file = fileIn(dataDir)
  await writeFile(`${file}.new`, JSON.stringify({ pid: process.pid, url }))
  await rename(`${file}.new`, file)
  return () => rm(file, { force: true })
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Where the event store of a running observatory listens; null when none runs on this folder. */
export const notedEventStore = async (dataDir: string): Promise<string | null> => {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const { pid, url } = noted.parse(JSON.parse(text))
    return isAlive(pid) ? url : null
  } catch {
    return null
  }
}
