import { z } from 'zod'
import { type CalibrationFrameAcquired, calibrationKindSchema } from '#domain/observing/calibration-events.ts'
import { detectorSchema } from '#domain/requests/sequence.ts'

const calibrationSchema = z.object({
  kind: calibrationKindSchema,
  detector: detectorSchema,
  filter: z.string().nullable().describe('of flats; the others see no light'),
  exposureS: z
    .number()
    .nonnegative()
    .nullable()
    .describe('of darks; flats are as long as the sky wants them'),
  frames: z.number().int().positive(),
  usable: z.number().int().nonnegative().describe('of them, near enough to the level wanted'),
})

export const calibrationsSchema = z.array(calibrationSchema)

type Calibration = z.output<typeof calibrationSchema>

/** Only so many kinds of frames can be told apart in a report. */
const most = 100

/** The calibration frames of a night, by what they calibrate. */
export class CalibrationsFold {
  readonly #groups = new Map<string, Calibration>()

  add({ data: { kind, detector, filter, exposureS, usable } }: CalibrationFrameAcquired): void {
    const of = {
      filter: kind === 'flat' ? filter : null,
      exposureS: kind === 'dark' ? exposureS : null,
    }
    const key = `${kind}/${detector}/${of.filter}/${of.exposureS}`
    const group = this.#groups.get(key) ?? { kind, detector, ...of, frames: 0, usable: 0 }
    if (!this.#groups.has(key) && this.#groups.size >= most) return
    this.#groups.set(key, { ...group, frames: group.frames + 1, usable: group.usable + (usable ? 1 : 0) })
  }

  get account(): Calibration[] {
    return [...this.#groups.values()]
  }
}
