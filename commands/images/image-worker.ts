import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import type { Envelope } from '#commands/handle.ts'
import { deskInputTypes, ImageDesk, type ImageWork } from '#domain/images/desk.ts'
import { imageStream, masterStream, type RecordResult } from '#domain/images/record-once.ts'
import { isImageEvent } from '#domain/images/sentences.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { imageResults } from './image-results.ts'
import type { ImageWorks } from './image-works.ts'
import { type CatalogueFor, makeImage } from './make-image.ts'
import { makeMaster } from './make-master.ts'

export type ImageWorkerParts = {
  readonly store: EventStore
  readonly feed: EventFeed
  readonly clock: Clock
  readonly site: Site
  readonly simulated: boolean
  readonly works: ImageWorks
  readonly catalogueFor: CatalogueFor
  /** After every piece of work and every fault. */
  readonly onProgress: (progress: { waiting: number; done: number; error: string | null }) => void
  /** As many images wait in memory at the most, by their names; the others in the log. */
  readonly capacity?: number
}

const retryMs = 1_000
const usualCapacity = 1_000
const actor = { kind: 'agent', id: 'calibrator' } as const

/** The images of the past on which there is a word. */
const settledImages = async (feed: EventFeed, signal: AbortSignal): Promise<ReadonlySet<string>> => {
  const settled = new Set<string>()
  for await (const { events, caughtUp } of feed.follow(
    ['ImageCalibrated', 'ImageNotCalibrated'],
    null,
    signal,
  )) {
    for (const event of events)
      if (isImageEvent(event) && 'imageId' in event.data) settled.add(event.data.imageId)
    if (caughtUp) break
  }
  signal.throwIfAborted()
  return settled
}

/**
 * Follows images and calibration frames and does what there is to do about each: masters, correction, the search for
 * sources. What waits follows from the log alone: whatever was killed, what has no word yet is done again, to the same
 * file, and put on record once.
 */
export class ImageWorker {
  readonly #parts: ImageWorkerParts
  readonly #record: ReturnType<typeof imageResults>
  #done = 0

  constructor(parts: ImageWorkerParts) {
    this.#parts = parts
    this.#record = imageResults(parts.store, parts.site.id)
  }

  /** Runs until the signal; what fails is told and tried again. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, onProgress } = this.#parts
    while (!signal.aborted) {
      try {
        await this.#follow(signal)
      } catch (error) {
        if (signal.aborted) return
        onProgress({
          waiting: 0,
          done: this.#done,
          error: error instanceof Error ? error.message : `${error}`,
        })
        await clock.sleepUntil(clock.now() + retryMs, signal).catch(() => {})
      }
    }
  }

  /** Ends when images were passed over for lack of room and those that were not are done: begin anew then. */
  async #follow(signal: AbortSignal): Promise<void> {
    const { feed, site, capacity = usualCapacity } = this.#parts
    const desk = new ImageDesk(site.id, await settledImages(feed, signal), capacity)
    let live = false
    for await (const { events, caughtUp } of feed.follow(deskInputTypes, null, signal)) {
      for (const event of events) desk.heed(event)
      if (caughtUp) {
        live = true
        desk.caughtUp()
      }
      if (!live) continue
      for (let work = desk.next(); work && !signal.aborted; work = desk.next()) await this.#do(work, desk)
      if (signal.aborted || desk.hasMore) return
    }
  }

  async #do(work: ImageWork, desk: ImageDesk): Promise<void> {
    const { works, catalogueFor, clock, onProgress } = this.#parts
    const isMaster = work.kind === 'master'
    const events = isMaster ? [await makeMaster(works, work)] : await makeImage(works, work, catalogueFor)
    const id = isMaster ? work.id : work.image.data.imageId
    const stream = isMaster ? masterStream(id) : imageStream(id)
    const command: RecordResult = { type: 'RecordResult', stream, events }
    const result = await this.#record(command, this.#envelope(work, instantOf(clock.now())))
    for (const event of result.events) if (isMaster) desk.heedMade(event)
    desk.settle(isMaster ? { masterId: id } : { imageId: id })
    this.#done += 1
    onProgress({ waiting: desk.waiting, done: this.#done, error: null })
  }

  #envelope(work: ImageWork, at: string): Envelope {
    const { site, simulated } = this.#parts
    const common = { at, night: nightOf(at, site.timeZone), actor }
    if (work.kind === 'master') {
      const commandId = uuidFrom(`master/${work.id}`, noctuaryNamespace)
      const causationId = work.group.frames.at(-1)?.eventId ?? commandId
      return { ...common, commandId, causationId, ...(simulated ? { simulated } : {}) }
    }
    const { id, data, metadata } = work.image
    return {
      ...common,
      commandId: uuidFrom(`calibrate/${data.imageId}`, noctuaryNamespace),
      causationId: id,
      correlationId: metadata.correlationId,
      ...(simulated || metadata.simulated ? { simulated: true } : {}),
    }
  }
}
