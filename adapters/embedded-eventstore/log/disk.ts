import fs from 'node:fs'
import { promisify } from 'node:util'

/** What the log asks of the disk; tests put a failing disk in its place. */
export type Disk = {
  write(fd: number, bytes: Buffer, length: number, at: number): Promise<void>
  sync(fd: number): Promise<void>
  truncate(fd: number, length: number): void
}

const write = promisify(fs.write)
const sync = promisify(fs.fdatasync)

// A write into the page cache is shorter than the way through the thread pool.
const inlineLimit = 262_144

export const realDisk: Disk = {
  write: async (fd, bytes, length, at) => {
    let done = 0
    while (done < length) {
      const rest = length - done
      done +=
        rest <= inlineLimit
          ? fs.writeSync(fd, bytes, done, rest, at + done)
          : (await write(fd, bytes, done, rest, at + done)).bytesWritten
    }
  },
  sync,
  truncate: (fd, length) => fs.ftruncateSync(fd, length),
}
