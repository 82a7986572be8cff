import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** The kernel takes 107 bytes. */
const mostBytes = 100

const folderFor = (dataDir: string): string => {
  const own = path.join(dataDir, 'console')
  if (Buffer.byteLength(path.join(own, 'socket')) <= mostBytes) return own
  const name = createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 16)
  return path.join(tmpdir(), `noctuary-console-${name}`)
}

/** Where the console of a data folder is: in it, or in a folder of the same owner where its own path is too long. */
export const consoleAddress = (dataDir: string): string => path.join(folderFor(dataDir), 'socket')

/** Makes its folder, for its owner alone. Throws when it is there and somebody else's. */
export const makeConsoleFolder = async (dataDir: string): Promise<void> => {
  const folder = folderFor(dataDir)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { uid } = await lstat(folder)
  if (uid !== process.getuid?.()) throw new Error(`${folder} is somebody else's: there is no console`)
  await chmod(folder, 0o700)
}
