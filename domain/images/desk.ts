import {
  type CalibrationFrameAcquired,
  calibrationFrameAcquired,
} from '#domain/observing/calibration-events.ts'
import type { ImageAcquired } from '#domain/observing/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { type ImageEvent, imageEvents } from './events.ts'
import { type Fitting, fitting, type Masters, withMaster } from './masters/choose.ts'
import { type FrameGroup, inOrder, keyOf, masterIdOf, masterOf } from './masters/groups.ts'
import { isImageEvent } from './sentences.ts'

export const deskInputTypes: readonly string[] = [
  'ImageAcquired',
  'NightOpened',
  'NightClosed',
  calibrationFrameAcquired.type,
  ...imageEvents.map(({ type }) => type),
]

export type ImageWork =
  | { readonly kind: 'master'; readonly id: string; readonly group: FrameGroup; readonly fitting: Fitting }
  | { readonly kind: 'image'; readonly image: Recorded<ImageAcquired>; readonly fitting: Fitting }

/** Frames of one master beyond these are not needed. */
const mostFrames = 64

const isOfAlert = ({ data: { requestId } }: ImageAcquired): boolean => requestId.startsWith('alert-')

type NightFrames = Map<string, FrameGroup>

const isImage = (event: Recorded): event is Recorded<ImageAcquired> => event.type === 'ImageAcquired'
const isFrame = (event: Recorded): event is Recorded<CalibrationFrameAcquired> =>
  event.type === 'CalibrationFrameAcquired'

/**
 * What is to be done about images, from the log alone: images and calibration frames on which there is no word yet. It
 * keeps names and paths, no pixels, and no more than `capacity` images; more wait in the log, and {@link hasMore} says so.
 */
export class ImageDesk {
  readonly #site: string
  readonly #capacity: number
  /** Images of the past on which there is a word; asked for until the past is read. */
  #settled: ReadonlySet<string>
  /** Masters on which there is one. */
  readonly #made = new Set<string>()
  readonly #images = new Map<string, Recorded<ImageAcquired>>()
  readonly #nights = new Map<string, NightFrames>()
  #closed = ''
  #masters: Masters = new Map()
  #more = false

  constructor(site: string, settled: ReadonlySet<string>, capacity: number) {
    this.#site = site
    this.#capacity = capacity
    this.#settled = settled
  }

  get waiting(): number {
    return this.#images.size
  }

  /** Whether images were passed over: begin anew with the log when all is done. */
  get hasMore(): boolean {
    return this.#more
  }

  heed(event: Recorded): void {
    const { site, night } = event.metadata
    if (site !== this.#site) return
    if (isImageEvent(event)) {
      this.heedMade(event)
      this.settle(event.data)
    } else if (isImage(event)) this.#take(event)
    else if (isFrame(event)) this.#frame(event)
    if (event.type === 'NightClosed') this.#close(night)
    // A night that was never closed is over when another one is under way.
    else if (event.type === 'NightOpened') this.#closeBefore(night)
  }

  /** A master is there, and the next image may need it before the log says so. */
  heedMade(event: ImageEvent): void {
    if (event.type === 'MasterFrameBuilt') this.#masters = withMaster(this.#masters, event)
  }

  /** The past is read: what comes now is new. */
  caughtUp(): void {
    this.#settled = new Set()
  }

  /** There is a word on it. */
  settle(of: { readonly imageId: string } | { readonly masterId: string }): void {
    if ('masterId' in of) {
      this.#made.add(of.masterId)
      return
    }
    this.#images.delete(of.imageId)
  }

  /** Images of alerts first; then masters, as what comes is corrected with them; then the oldest image. */
  next(): ImageWork | null {
    const waiting = [...this.#images.values()]
    const alert = waiting.find(isOfAlert)
    if (alert) return this.#workOn(alert)
    const master = this.#nextMaster()
    if (master) return master
    return waiting[0] ? this.#workOn(waiting[0]) : null
  }

  #workOn(image: Recorded<ImageAcquired>): ImageWork {
    return { kind: 'image', image, fitting: fitting(this.#masters, image.data) }
  }

  #nextMaster(): ImageWork | null {
    for (const night of [...this.#nights.keys()].toSorted()) {
      if (night > this.#closed) return null
      const groups = inOrder([...(this.#nights.get(night)?.values() ?? [])])
      for (const group of groups) {
        const id = masterIdOf(this.#site, night, group)
        if (this.#made.has(id)) continue
        const of = { ...group, filter: group.filter ?? '', exposureS: group.exposureS ?? 1 }
        return { kind: 'master', id, group, fitting: fitting(this.#masters, of) }
      }
      this.#nights.delete(night)
    }
    return null
  }

  #take(image: Recorded<ImageAcquired>): void {
    if (this.#settled.has(image.data.imageId)) return
    if (this.#images.size >= this.#capacity) this.#more = true
    else this.#images.set(image.data.imageId, image)
  }

  #frame({ id, data, metadata: { night } }: Recorded<CalibrationFrameAcquired>): void {
    const of = masterOf(data)
    if (!data.usable || this.#made.has(masterIdOf(this.#site, night, of))) return
    const groups: NightFrames = this.#nights.get(night) ?? new Map()
    this.#nights.set(night, groups)
    const group = groups.get(keyOf(of)) ?? { ...of, night, frames: [] }
    if (group.frames.length >= mostFrames || group.frames.some(({ imageId }) => imageId === data.imageId))
      return
    const frame = { imageId: data.imageId, file: data.file, eventId: id }
    groups.set(keyOf(of), { ...group, frames: [...group.frames, frame] })
  }

  #close(night: string): void {
    if (night > this.#closed) this.#closed = night
  }

  #closeBefore(night: string): void {
    const before = [...this.#nights.keys()].filter((name) => name < night).toSorted()
    this.#close(before.at(-1) ?? '')
  }
}
