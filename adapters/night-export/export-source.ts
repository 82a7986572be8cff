import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import {
  ExportFormatUnknown,
  type ExportSource,
  ExportTampered,
  ExportTruncated,
} from '#commands/night/export-file.ts'
import { LineTooLong, splitLines } from './split-lines.ts'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** What a fault in unpacking says of the file; anything else, a missing file for one, stays as it is. */
const explained = (file: string, error: unknown): unknown => {
  if (error instanceof LineTooLong) return new ExportTampered(file, error.message)
  if (codeOf(error) === 'Z_BUF_ERROR')
    return new ExportTruncated(file, 'it ends in the middle of its packed content')
  if (!(error instanceof Error) || !codeOf(error).startsWith('Z_')) return error
  return error.message === 'incorrect header check'
    ? new ExportFormatUnknown(file, 'it is not a gzipped file')
    : new ExportTampered(file, `its packed content is damaged (${error.message})`)
}

/** An exported night on disk. */
export const exportSource = (file: string): ExportSource => ({
  name: file,
  lines: async function* () {
    const read = createReadStream(file)
    const unpacked = createGunzip()
    read.on('error', (error) => unpacked.destroy(error))
    read.pipe(unpacked)
    try {
      yield* splitLines(unpacked)
    } catch (error) {
      throw explained(file, error)
    } finally {
      read.destroy()
      unpacked.destroy()
    }
  },
})
