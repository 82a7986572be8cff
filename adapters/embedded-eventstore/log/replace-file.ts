import fs from 'node:fs'
import path from 'node:path'
import { syncFolder } from './segment.ts'

/** Puts a file in the place of another: after a crash there is the old one or the new one, whole. */
export const replaceFile = (file: string, bytes: Buffer): void => {
  const aside = `${file}.new`
  const fd = fs.openSync(aside, 'w')
  try {
    fs.writeFileSync(fd, bytes)
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
  fs.renameSync(aside, file)
  syncFolder(path.dirname(file))
}
