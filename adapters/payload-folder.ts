import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, open, rename } from 'node:fs/promises'
import path from 'node:path'
import type { PayloadStore } from '#commands/alerts/payload.ts'

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

/** Payloads as files named by their SHA-256, in a folder each for the first two digits. */
export const payloadFolder = (folder: string): PayloadStore => ({
  keep: async (sha256, bytes) => {
    const within = path.join(folder, sha256.slice(0, 2))
    const file = path.join(within, sha256)
    if (await isThere(file)) return
    await mkdir(within, { recursive: true })
    const aside = `${file}.${randomUUID()}.new`
    const handle = await open(aside, 'wx')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(aside, file)
    await syncFolder(within)
    await syncFolder(folder)
  },
})
