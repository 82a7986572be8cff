import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { type CameraStatus, type Exposure, exposureSchema } from '#domain/devices/camera.ts'
import type { Fault } from '#domain/devices/wire.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { imageFile } from './camera-image.ts'
import { type Refusal, type Reported, refuse, type SimulatedDevice, unknownCommand } from './device.ts'
import type { FaultKind } from './device-scenario.ts'
import type { Detector } from './exposure.ts'

export type CameraModel = {
  readonly from: string
  readonly instrument: string
  readonly filters: readonly [string, ...string[]]
  readonly readoutS: number
  readonly detector: Detector
}

const detector: Detector = { size: 512, scaleDeg: 1 / 3600, seeingPixels: 2 }

/** After COLIBRI's: DDRAGO in the visible, CAGIRE in the near infrared. */
export const cameraModels = {
  visible: {
    from: 'CameraVISSimulator',
    instrument: 'DDRAGO',
    filters: ['r', 'g', 'i', 'z', 'y', 'B', 'gri', 'clear'],
    readoutS: 6,
    detector,
  },
  infrared: {
    from: 'CameraNIRSimulator',
    instrument: 'CAGIRE',
    filters: ['J', 'H', 'clear'],
    readoutS: 2,
    detector,
  },
} as const satisfies Record<string, CameraModel>

const ambientC = 12
const coolingCPerS = 0.5
const filterChangeS = 8

const commands = ['SET_FILTER', 'EXPOSE', 'COOL', 'WARM', 'ABORT', 'RESET']
const filterSchema = z.object({ filter: z.string() })
const coolingSchema = z.object({ temperatureC: z.number() })

type Busy =
  | { kind: 'idle' }
  | { kind: 'filter'; filter: string; untilMs: number }
  | { kind: 'exposure'; exposure: Exposure; startedMs: number; shutMs: number; readMs: number }

/** A camera that exposes, reads out and leaves a FITS file in the folder it was given. */
export class SimulatedCamera implements SimulatedDevice {
  readonly from: string
  readonly #model: CameraModel
  readonly #site: Site
  readonly #folder: string
  #busy: Busy = { kind: 'idle' }
  #filter: string
  #image: CameraStatus['lastImage'] = null
  #cooling = { goalC: null as number | null, fromC: ambientC, sinceMs: 0 }
  #faults: ReadonlySet<FaultKind> = new Set()

  /** `folder` is the data folder: files are named relative to it. */
  constructor(model: CameraModel, site: Site, folder: string) {
    this.from = model.from
    this.#model = model
    this.#site = site
    this.#folder = folder
    this.#filter = model.filters[0]
  }

  async status(nowMs: number): Promise<Reported> {
    await this.#live(nowMs)
    const busy = this.#busy
    const state: CameraStatus = {
      state: this.#says(nowMs),
      filter: this.#filter,
      filters: [...this.#model.filters],
      temperatureC: this.#temperatureC(nowMs),
      coolingGoalC: this.#cooling.goalC,
      exposure:
        busy.kind === 'exposure'
          ? {
              imageId: busy.exposure.imageId,
              remainingS: Math.max(0, (busy.shutMs - nowMs) / 1000),
            }
          : null,
      lastImage: this.#image,
    }
    return { state, faults: this.#ails() }
  }

  tell(name: string, parameters: Readonly<Record<string, unknown>>, nowMs: number): Refusal | null {
    switch (name) {
      case 'SET_FILTER':
        return this.#turnWheel(filterSchema.parse(parameters).filter, nowMs)
      case 'EXPOSE':
        return this.#expose(exposureSchema.parse(parameters), nowMs)
      case 'COOL':
        return this.#cool(coolingSchema.parse(parameters).temperatureC, nowMs)
      case 'WARM':
        return this.#cool(null, nowMs)
      case 'ABORT':
        if (this.#busy.kind === 'exposure') this.#busy = { kind: 'idle' }
        return null
      case 'RESET':
        this.#busy = { kind: 'idle' }
        return null
      default:
        return unknownCommand(name, commands)
    }
  }

  suffers(faults: ReadonlySet<FaultKind>, nowMs: number): void {
    if (faults.has('stuck') && !this.#faults.has('stuck') && this.#busy.kind === 'filter')
      this.#busy = { ...this.#busy, untilMs: Number.POSITIVE_INFINITY }
    if (!faults.has('stuck') && this.#faults.has('stuck') && this.#busy.kind === 'filter')
      this.#busy = { ...this.#busy, untilMs: nowMs + filterChangeS * 1000 }
    this.#faults = faults
  }

  get #slowness(): number {
    return this.#faults.has('slow') ? 4 : 1
  }

  #turnWheel(filter: string, nowMs: number): Refusal | null {
    if (!this.#model.filters.includes(filter))
      return refuse('no_such_filter', `there is no filter ${filter}, but ${this.#model.filters.join(', ')}`)
    if (this.#isBusy(nowMs)) return refuse('busy', 'the camera is at something else')
    if (filter === this.#filter) return null
    if (this.#faults.has('lying')) {
      this.#filter = filter
      return null
    }
    const untilMs = this.#faults.has('stuck')
      ? Number.POSITIVE_INFINITY
      : nowMs + filterChangeS * 1000 * this.#slowness
    this.#busy = { kind: 'filter', filter, untilMs }
    return null
  }

  #expose(exposure: Exposure, nowMs: number): Refusal | null {
    if (this.#isBusy(nowMs)) return refuse('busy', 'the camera is at something else')
    const shutMs = nowMs + exposure.exposureS * 1000
    const readMs = this.#faults.has('stuck')
      ? Number.POSITIVE_INFINITY
      : shutMs + this.#model.readoutS * 1000 * this.#slowness
    this.#busy = { kind: 'exposure', exposure, startedMs: nowMs, shutMs, readMs }
    return null
  }

  #cool(goalC: number | null, nowMs: number): null {
    this.#cooling = { goalC, fromC: this.#temperatureC(nowMs), sinceMs: nowMs }
    return null
  }

  #temperatureC(nowMs: number): number {
    const { goalC, fromC, sinceMs } = this.#cooling
    const goal = goalC ?? ambientC
    const way = goal - fromC
    const gone = Math.min(Math.abs(way), (coolingCPerS * (nowMs - sinceMs)) / 1000)
    return Math.round((fromC + Math.sign(way) * gone) * 100) / 100
  }

  /** Nobody has looked since the wheel came to rest; an image, though, wants to be fetched first. */
  #isBusy(nowMs: number): boolean {
    this.#rest(nowMs)
    return this.#busy.kind !== 'idle'
  }

  #rest(nowMs: number): void {
    if (this.#busy.kind !== 'filter' || nowMs < this.#busy.untilMs) return
    this.#filter = this.#busy.filter
    this.#busy = { kind: 'idle' }
  }

  async #live(nowMs: number): Promise<void> {
    this.#rest(nowMs)
    if (this.#busy.kind !== 'exposure' || nowMs < this.#busy.readMs) return
    const { exposure, startedMs } = this.#busy
    this.#busy = { kind: 'idle' }
    this.#image = await this.#stored(exposure, startedMs)
  }

  async #stored(exposure: Exposure, startedMs: number): Promise<CameraStatus['lastImage']> {
    const temperatureC = this.#temperatureC(startedMs)
    const { instrument } = this.#model
    const bytes = imageFile(
      { exposure, startedMs, filter: this.#filter, temperatureC, instrument, site: this.#site },
      this.#model.detector,
    )
    if (!this.#faults.has('lying')) await writeWhole(path.join(this.#folder, exposure.file), bytes)
    return {
      imageId: exposure.imageId,
      file: exposure.file,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      startedAt: instantOf(startedMs),
      exposureS: exposure.exposureS,
      filter: this.#filter,
      detectorTemperatureC: temperatureC,
    }
  }

  #says(nowMs: number): CameraStatus['state'] {
    const busy = this.#busy
    if (busy.kind !== 'exposure') return busy.kind
    return nowMs < busy.shutMs ? 'exposing' : 'reading'
  }

  #ails(): Fault[] {
    return this.#faults.has('stuck')
      ? [{ code: 'controller_stuck', text: 'wheel and read-out do not end' }]
      : []
  }
}

/** Whoever finds the file finds all of it. */
const writeWhole = async (file: string, bytes: Uint8Array): Promise<void> => {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(`${file}.part`, bytes)
  await rename(`${file}.part`, file)
}
