import { closeSync, openSync, readSync } from 'node:fs'
import { blockLength } from '#domain/images/fits-header.ts'
import {
  bytesPerPixel,
  type ImageHeader,
  NotAnImage,
  pixelsFrom,
  readHeader,
} from '#domain/images/read-image.ts'

/** A header longer than this is no header. */
const mostHeaderBytes = 100 * blockLength

const headerOf = (fd: number): ImageHeader => {
  for (let bytes = 4 * blockLength; bytes <= mostHeaderBytes; bytes *= 2) {
    const beginning = new Uint8Array(bytes)
    const got = readSync(fd, beginning, 0, bytes, 0)
    const header = readHeader(beginning.subarray(0, got))
    if (header) return header
    if (got < bytes) break
  }
  throw new NotAnImage('its header has no end')
}

/** An image of which a few rows at a time are in memory. */
export class FrameFile implements Disposable {
  readonly header: ImageHeader
  readonly #fd: number

  /** Throws what the file system does, and {@link NotAnImage}. */
  constructor(file: string) {
    this.#fd = openSync(file, 'r')
    try {
      this.header = headerOf(this.#fd)
    } catch (error) {
      closeSync(this.#fd)
      throw error
    }
  }

  rows(from: number, count: number): Float32Array {
    const { width, length } = this.header
    const rowBytes = width * bytesPerPixel(this.header)
    const bytes = new Uint8Array(rowBytes * count)
    const got = readSync(this.#fd, bytes, 0, bytes.length, length + from * rowBytes)
    if (got < bytes.length) throw new NotAnImage('it is cut short')
    return pixelsFrom(bytes, this.header)
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd)
  }
}
