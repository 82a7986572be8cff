import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { AlertSource, SourceStatus } from '#commands/alerts/sources/alert-source.ts'
import type { NoticeSink } from '#commands/alerts/sources/notice-sink.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { instantOf } from '#domain/shared/time.ts'
import { filesIn, isSame, type SeenFile } from './settled-files.ts'

export type WatchedFolderOptions = {
  readonly folder: string
  readonly sink: NoticeSink
  readonly clock: Clock
  readonly say?: (line: string) => void
  /** From look to look; a file is taken at the second look that finds it unchanged (P32). */
  readonly periodMs?: number
}

const maxFileBytes = 4 * 1024 * 1024

/**
 * Takes every file of a folder, those too that came while nobody looked: what was taken before the start is recognised
 * by the log, not by a list of ours. Files stay where they are; one that changes is taken again.
 */
export const watchedFolder = (options: WatchedFolderOptions): AlertSource => new WatchedFolder(options)

class WatchedFolder implements AlertSource {
  readonly #options: Required<WatchedFolderOptions>
  readonly #taken = new Map<string, SeenFile>()
  #before = new Map<string, SeenFile>()
  #status: SourceStatus

  constructor(options: WatchedFolderOptions) {
    this.#options = { periodMs: 1_000, say: () => {}, ...options }
    const name = `notice folder ${options.folder}`
    this.#status = { name, state: 'connecting', detail: 'first look', notices: 0, lastHeardAt: null }
  }

  status(): SourceStatus {
    return this.#status
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, periodMs } = this.#options
    while (!signal.aborted) {
      try {
        await this.#look(signal)
        this.#turned('up', 'watching')
      } catch (error) {
        this.#turned('down', error instanceof Error ? error.message : `${error}`)
      }
      await clock.sleepUntil(clock.now() + periodMs, signal).catch(() => {})
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const files = await filesIn(this.#options.folder)
    for (const file of files) {
      if (signal.aborted) return
      if (isSame(this.#taken.get(file.name), file)) continue
      if (isSame(this.#before.get(file.name), file)) await this.#take(file)
    }
    this.#before = new Map(files.map((file) => [file.name, file]))
  }

  /** A rejected sink leaves the file for the next look. */
  async #take(file: SeenFile): Promise<void> {
    const { folder, sink, clock, say } = this.#options
    if (file.size > maxFileBytes) {
      say(`${file.name} has ${file.size} bytes; a notice has ${maxFileBytes} at most, so it is left alone`)
      this.#taken.set(file.name, file)
      return
    }
    const raw = await readFile(path.join(folder, file.name))
    if (raw.length !== file.size) return
    const receivedAt = instantOf(clock.now())
    await sink({ raw, source: { kind: 'folder', file: file.name }, receivedAt })
    this.#taken.set(file.name, file)
    this.#status = { ...this.#status, notices: this.#status.notices + 1, lastHeardAt: receivedAt }
  }

  #turned(state: SourceStatus['state'], detail: string): void {
    if (state !== this.#status.state || detail !== this.#status.detail)
      this.#options.say(`${this.#status.name}: ${detail}`)
    this.#status = { ...this.#status, state, detail }
  }
}
