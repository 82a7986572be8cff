import fs from 'node:fs'
import type { Disk } from './disk.ts'
import { DiskFull, errorCode, LogDamaged, LogStopped } from './errors.ts'
import { CommitGroup } from './group.ts'
import { flag, type NewEvent, putRecord, recordSizeBound } from './record.ts'
import { createSegment, type Segment, segmentHeaderSize } from './segment.ts'

export type LogEvents = {
  /** Everything appended before is on disk. */
  durable(): void
  /** Everything that was not durable yet is gone again. */
  refused(): void
  /** The segment will not change any more. */
  sealed(segment: Segment): void
  /** The disk failed in a way that leaves its state unknown; the process must end. */
  stopped(error: Error): void
}

export type LogOptions = {
  folder: string
  logId: Buffer
  segments: Segment[]
  disk: Disk
  segmentSize: number
  /** The wall clock, in milliseconds. */
  now: () => number
  events: LogEvents
}

const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const recentLimit = 8 * 1024 * 1024

/** The append-only log: bytes in order, grouped into commits, spread over segments. */
export class Log {
  readonly #options: LogOptions
  readonly #segments: Segment[]
  readonly #recent: CommitGroup[] = []
  #recentBytes = 0
  #filling: CommitGroup
  #flushing: CommitGroup | undefined
  #running: Promise<void> | undefined
  #failure: Error | undefined

  constructor(options: LogOptions) {
    this.#options = options
    this.#segments = options.segments
    this.#filling = this.#nextGroup(this.#active.base + this.#active.length)
  }

  get now(): number {
    return this.#options.now()
  }

  get segments(): readonly Segment[] {
    return this.#segments
  }

  /** Position behind the last durable event. */
  get durableEnd(): number {
    return this.#active.base + this.#active.length
  }

  get pendingBytes(): number {
    return this.#filling.length + (this.#flushing?.length ?? 0)
  }

  /**
   * Takes the events into the next commit and returns their positions. A crash keeps all or none of them,
   * and of the next append as well if there is `more` to come.
   */
  append(
    stream: Buffer,
    events: readonly NewEvent[],
    firstRevision: number,
    flags: number,
    more = false,
  ): number[] {
    if (this.#failure) throw this.#failure
    const group = this.#filling
    const createdMs = this.#options.now()
    const positions = events.map((event, i) => {
      group.reserve(recordSizeBound(stream, event))
      const position = group.end
      const last = i === events.length - 1 && !more ? flag.last : 0
      group.length += putRecord(group.bytes, group.length, event, {
        stream,
        revision: firstRevision + i,
        position,
        groupOffset: group.length,
        flags: flags | last | (event.json ? flag.json : 0) | (event.type === '$>' ? flag.link : 0),
        createdMs,
      })
      return position
    })
    this.#running ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => this.#run())
    return positions
  }

  /** Resolves once everything appended so far is on disk. */
  async commit(): Promise<void> {
    if (this.#failure) throw this.#failure
    if (this.#filling.length > 0) return this.#filling.committed
    return this.#flushing?.committed
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#running
  }

  close(): void {
    for (const segment of this.#segments) fs.closeSync(segment.fd)
  }

  /** The commit still held in memory that has this position, if any. */
  recent(position: number): CommitGroup | undefined {
    if (position >= this.#filling.start) return this.#filling
    const recent = this.#recent
    if (position < (recent[0]?.start ?? Number.POSITIVE_INFINITY)) return undefined
    let low = 0
    for (let high = recent.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1
      if ((recent[middle]?.start ?? 0) <= position) low = middle
      else high = middle - 1
    }
    return recent[low]
  }

  /** Fills the buffer from the disk, not past the segment's end; returns the bytes read. */
  readDisk(position: number, target: Buffer): number {
    const segment = this.#segments.findLast(({ base }) => base <= position)
    if (!segment) throw new LogDamaged(`the log does not reach back to position ${position}`)
    const offset = position - segment.base
    return fs.readSync(segment.fd, target, 0, Math.min(target.length, segment.length - offset), offset)
  }

  /** Where the segment with this position begins. */
  segmentStart(position: number): number {
    return (this.#segments.findLast(({ base }) => base <= position)?.base ?? 0) + segmentHeaderSize
  }

  get #active(): Segment {
    const segment = this.#segments.at(-1)
    if (!segment) throw new LogDamaged('a log has at least one segment')
    return segment
  }

  #nextGroup(end: number): CommitGroup {
    const rolls = end - this.#active.base >= this.#options.segmentSize
    return new CommitGroup(rolls ? end + segmentHeaderSize : end, rolls)
  }

  async #run(): Promise<void> {
    while (this.#filling.length > 0 && !this.#failure) {
      const group = this.#filling
      this.#flushing = group
      this.#remember(group)
      const active = group.rolls ? { ...this.#active, base: group.start - segmentHeaderSize } : this.#active
      const full = group.end - active.base >= this.#options.segmentSize
      this.#filling = new CommitGroup(full ? group.end + segmentHeaderSize : group.end, full)
      await this.#flush(group)
      this.#flushing = undefined
    }
    this.#running = undefined
  }

  async #flush(group: CommitGroup): Promise<void> {
    try {
      if (group.rolls) this.#roll(group.start - segmentHeaderSize)
      const segment = this.#active
      await this.#options.disk.write(segment.fd, group.bytes, group.length, segment.length)
      await this.#sync(segment)
      segment.length += group.length
    } catch (error) {
      this.#fail(error, group)
      return
    }
    this.#options.events.durable()
    group.resolve()
  }

  async #sync(segment: Segment): Promise<void> {
    try {
      await this.#options.disk.sync(segment.fd)
    } catch (error) {
      // After a failed sync the kernel may have dropped the pages: trying again would lie.
      throw new LogStopped(`syncing ${segment.path} failed: ${String(error)}`)
    }
  }

  #roll(base: number): void {
    const sealed = this.#active
    this.#segments.push(createSegment(this.#options.folder, base, this.#options.logId))
    this.#options.events.sealed(sealed)
  }

  #fail(error: unknown, group: CommitGroup): void {
    const filling = this.#filling
    this.#recent.length = 0
    this.#recentBytes = 0
    if (noRoom.has(errorCode(error)) && this.#takesBack()) {
      this.#filling = this.#nextGroup(this.durableEnd)
      this.#options.events.refused()
      const refusal = new DiskFull(`no room on the disk for ${group.length} bytes`)
      group.reject(refusal)
      filling.reject(refusal)
      return
    }
    const stopped = error instanceof LogStopped ? error : new LogStopped(`writing failed: ${String(error)}`)
    this.#failure = stopped
    group.reject(stopped)
    filling.reject(stopped)
    this.#options.events.stopped(stopped)
  }

  /** Cuts off what was partly written; whether that worked. */
  #takesBack(): boolean {
    try {
      this.#options.disk.truncate(this.#active.fd, this.#active.length)
      return true
    } catch {
      return false
    }
  }

  #remember(group: CommitGroup): void {
    this.#recent.push(group)
    this.#recentBytes += group.bytes.length
    while (this.#recentBytes > recentLimit && this.#recent.length > 1) {
      this.#recentBytes -= this.#recent.shift()?.bytes.length ?? 0
    }
  }
}
