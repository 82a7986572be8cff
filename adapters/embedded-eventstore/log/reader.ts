import { LogDamaged } from './errors.ts'
import type { Log } from './log.ts'
import { recordHeaderSize } from './record.ts'
import { RecordView } from './record-view.ts'

const smallWindow = 8_192
const largeWindow = 131_072
const ahead = 4_096
const longestRecord = 64 * 1024 * 1024

/** Reads records by position through a window of its own, so that neighbours cost no further read. */
export class LogReader {
  readonly view = new RecordView()
  readonly #log: Log
  #window = Buffer.alloc(0)
  #start = 0
  #length = 0

  constructor(log: Log) {
    this.#log = log
  }

  /** Moves to the record at this position; `backwards` makes the window reach before it. */
  seek(position: number, backwards = false): RecordView {
    const group = this.#log.recent(position)
    if (group) {
      this.view.bytes = group.bytes
      this.view.at = position - group.start
      return this.view
    }
    if (!this.#holds(position)) this.#fill(position, backwards)
    this.view.bytes = this.#window
    this.view.at = position - this.#start
    if (!this.view.isSound(this.#length)) {
      throw new LogDamaged(
        `the record at position ${position} is damaged; stop the node and run "log verify"`,
      )
    }
    return this.view
  }

  #holds(position: number): boolean {
    const offset = position - this.#start
    if (offset < 0 || offset + recordHeaderSize > this.#length) return false
    return offset + this.#window.readUInt32LE(offset + 8) <= this.#length
  }

  #fill(position: number, backwards: boolean): void {
    this.#widen(position, backwards)
    const start = backwards ? position + ahead - this.#window.length : position
    this.#load(Math.max(start, this.#log.segmentStart(position)))
    if (!this.#holds(position)) this.#load(position)
    if (this.#holds(position)) return
    const needed = this.#length >= recordHeaderSize ? this.#window.readUInt32LE(8) : 0
    // A length that no record can have is damage, not a reason to reserve memory.
    if (needed > this.#window.length && needed < longestRecord) {
      this.#window = Buffer.allocUnsafeSlow(needed)
      this.#load(position)
    }
  }

  /** One event costs a small read; who goes on reading nearby gets larger ones. */
  #widen(position: number, backwards: boolean): void {
    const near = Math.abs(position - this.#start) <= this.#window.length + (backwards ? ahead : 0)
    const size = near && this.#length > 0 ? this.#window.length * 4 : this.#window.length
    const wanted = Math.max(smallWindow, Math.min(largeWindow, size))
    if (wanted > this.#window.length) this.#window = Buffer.allocUnsafeSlow(wanted)
  }

  #load(start: number): void {
    this.#length = this.#log.readDisk(start, this.#window)
    this.#start = start
  }
}
