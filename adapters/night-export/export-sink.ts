import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { ExportSink } from '#commands/night/export-file.ts'

/** There is a file of that name, and nothing says that it may go. */
export class ExportExists extends Error {
  constructor(file: string) {
    super(`${file} is there already; choose another name with --out, or remove it`)
    this.name = 'ExportExists'
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )

const syncDirectory = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  await handle.sync()
  await handle.close()
}

/** Writes beside `file` and takes its name when all of it is on disk. Throws {@link ExportExists}. */
export const openExportSink = async (file: string): Promise<ExportSink> => {
  if (await exists(file)) throw new ExportExists(file)
  const part = `${file}.part-${process.pid}`
  const gzip = createGzip()
  const out = createWriteStream(part, { flags: 'wx', flush: true })
  await once(out, 'open')
  const piped = pipeline(gzip, out)
  // Whoever waits for it is told below; until then a full disk must not end the process.
  piped.catch(() => {})
  return {
    write: async (line) => {
      if (!gzip.write(`${line}\n`)) await Promise.race([once(gzip, 'drain'), piped])
    },
    finish: async () => {
      gzip.end()
      await piped
      await rename(part, file)
      await syncDirectory(path.dirname(path.resolve(file)))
    },
    discard: async () => {
      gzip.destroy()
      await piped.catch(() => {})
      await rm(part, { force: true })
    },
  }
}
