import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { NotAnImage } from '#domain/images/read-image.ts'

/** A file that the log names is not where it should be. */
export class FileGone extends Error {
  constructor(file: string) {
    super(`${file} is not in the data folder`)
    this.name = 'FileGone'
  }
}

/** Where a file of the log is: among the data folder's images and nowhere else. Throws {@link FileGone}. */
export const placeOf = (dataDir: string, file: string): string => {
  const images = path.resolve(dataDir, 'images')
  const whole = path.resolve(dataDir, file)
  if (!whole.startsWith(images + path.sep)) throw new FileGone(file)
  return whole
}

/** Runs `read`; a file that is missing becomes {@link FileGone}. */
export const reading = <T>(file: string, read: () => T): T => {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR'))
      throw new FileGone(file)
    throw error
  }
}

/** What is wrong with the file itself, now and for ever; null for a fault of the machine. */
export const faultOf = (error: unknown): { reason: 'file-gone' | 'not-an-image'; detail: string } | null => {
  if (error instanceof FileGone) return { reason: 'file-gone', detail: error.message }
  if (error instanceof NotAnImage) return { reason: 'not-an-image', detail: error.message }
  return null
}

/** Whoever finds the file finds all of it. */
export const writeWhole = (dataDir: string, file: string, bytes: Uint8Array) => {
  const whole = placeOf(dataDir, file)
  mkdirSync(path.dirname(whole), { recursive: true })
  writeFileSync(`${whole}.part`, bytes)
  renameSync(`${whole}.part`, whole)
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }
}
