import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { keyOf, newSecret } from './secrets.ts'

const fileIn = (dataDir: string): string => path.join(dataDir, 'local-token')

/**
 * Lays a new token for programs on this machine into the data folder, readable by its owner alone: who can read what is in
 * there owns the observatory anyway. Gives its key, and the way to take it away again.
 */
export const layLocalToken = async (dataDir: string) => {
  const secret = newSecret()
  const file = fileIn(dataDir)
  await mkdir(dataDir, { recursive: true })
  await rm(`${file}.new`, { force: true })
  await writeFile(`${file}.new`, secret, { mode: 0o600, flag: 'wx' })
  await rename(`${file}.new`, file)
  return { key: keyOf(secret), remove: () => rm(file, { force: true }) }
}

/** The token of the observatory that runs on a data folder; null when there is none, or it is not ours to read. */
export const readLocalToken = (dataDir: string): Promise<string | null> =>
  readFile(fileIn(dataDir), 'utf8').catch(() => null)
