import { z } from 'zod'
import type { ImageEvent } from '#domain/images/events.ts'

const range = z.object({ min: z.number(), mean: z.number(), max: z.number() }).nullable()

export const imagesSchema = z.object({
  calibrated: z.number().int().nonnegative(),
  partly: z.number().int().nonnegative().describe('of them, without a bias, dark or flat that fits'),
  refused: z.number().int().nonnegative().describe('whose file is gone or no image'),
  masters: z.number().int().nonnegative().describe('master frames built'),
  fwhmPx: range.describe('of stars; null without any'),
  backgroundCounts: range,
  limitingMagnitude: range,
  sources: z.number().int().nonnegative(),
  candidates: z.number().int().nonnegative().describe('sources that are in no catalogue'),
})

type Range = NonNullable<z.output<typeof range>>

/** Smallest, mean and largest of what comes. */
class RangeOf {
  #count = 0
  #sum = 0
  #min = Number.POSITIVE_INFINITY
  #max = Number.NEGATIVE_INFINITY

  add(value: number | null): void {
    if (value === null) return
    this.#count += 1
    this.#sum += value
    this.#min = Math.min(this.#min, value)
    this.#max = Math.max(this.#max, value)
  }

  get range(): Range | null {
    if (this.#count === 0) return null
    const hundredths = (value: number) => Math.round(value * 100) / 100
    return {
      min: hundredths(this.#min),
      mean: hundredths(this.#sum / this.#count),
      max: hundredths(this.#max),
    }
  }
}

/** How good a night's images are. */
export class ImagesFold {
  readonly #fwhm = new RangeOf()
  readonly #background = new RangeOf()
  readonly #limit = new RangeOf()
  #calibrated = 0
  #partly = 0
  #refused = 0
  #masters = 0
  #sources = 0
  #candidates = 0

  add(event: ImageEvent): void {
    switch (event.type) {
      case 'ImageCalibrated':
        this.#calibrated += 1
        this.#partly += event.data.missing.length > 0 ? 1 : 0
        this.#sources += event.data.sourcesDetected
        this.#fwhm.add(event.data.fwhmPx)
        this.#background.add(event.data.backgroundCounts)
        this.#limit.add(event.data.limitingMagnitude)
        return
      case 'ImageNotCalibrated':
        this.#refused += 1
        return
      case 'MasterFrameBuilt':
        this.#masters += 1
        return
      case 'TransientCandidateFound':
        this.#candidates += 1
        return
      case 'MasterFrameNotBuilt':
        return
    }
  }

  get account(): z.output<typeof imagesSchema> {
    return {
      calibrated: this.#calibrated,
      partly: this.#partly,
      refused: this.#refused,
      masters: this.#masters,
      fwhmPx: this.#fwhm.range,
      backgroundCounts: this.#background.range,
      limitingMagnitude: this.#limit.range,
      sources: this.#sources,
      candidates: this.#candidates,
    }
  }
}
