import { z } from 'zod'
import { type CommandSpec, commandsOn, done, failed, going, nothing } from './command-spec.ts'

const imageSchema = z.object({
  imageId: z.string(),
  /** Relative to the data folder. */
  file: z.string(),
  sha256: z.string(),
  bytes: z.int().positive(),
  startedAt: z.iso.datetime(),
  exposureS: z.number(),
  filter: z.string(),
  detectorTemperatureC: z.number(),
  /** Mean of all pixels in counts, bias included; null where the camera does not tell. */
  levelCounts: z.number().nullable().default(null),
})

export const cameraStatusSchema = z.object({
  state: z.enum(['idle', 'filter', 'exposing', 'reading']),
  filter: z.string(),
  filters: z.array(z.string()),
  temperatureC: z.number(),
  coolingGoalC: z.number().nullable(),
  exposure: z.object({ imageId: z.string(), remainingS: z.number() }).nullable(),
  lastImage: imageSchema.nullable(),
})
export type CameraStatus = z.output<typeof cameraStatusSchema>

/** What an exposure is told: how long, of what, and what is to stand in the header. */
export const exposureSchema = z.strictObject({
  imageId: z
    .string()
    .regex(/^[\w.-]{1,80}$/, 'an image id is letters, digits, dots and dashes, 80 at the most'),
  /** Relative to the data folder. */
  file: z
    .string()
    .regex(/^images\/[\w-]+\/[\w.-]+\.fits$/, 'a file is images/<night>/<name>.fits')
    .refine((file) => !file.includes('..'), 'a file is images/<night>/<name>.fits'),
  frame: z.enum(['light', 'flat', 'dark', 'bias']),
  exposureS: z.number().min(0).max(3600),
  object: z.string().max(60).default(''),
  /** Where the telescope points; null for what needs no sky. */
  pointing: z
    .object({ raDeg: z.number().min(0).lt(360), decDeg: z.number().min(-90).max(90) })
    .nullable()
    .default(null),
})
export type Exposure = z.output<typeof exposureSchema>

const command = commandsOn(cameraStatusSchema)
const filter = z.strictObject({ filter: z.string().min(1) })
const cooling = z.strictObject({ temperatureC: z.number().min(-150).max(20) })

/** A camera's capabilities. */
export const cameraCommands = {
  'set-filter': command(filter, {
    class: 'works',
    idempotent: true,
    patienceS: 30,
    progress: (status, asked) => {
      if (status.state === 'filter') return going
      return status.filter === asked.filter
        ? done({ filter: status.filter })
        : failed('wrong_filter', `the wheel stands at ${status.filter}`)
    },
  }),
  /** Done when the image lies in its file. Not repeated after a crash: what was exposed then is another sky. */
  expose: command(exposureSchema, {
    class: 'works',
    patienceS: ({ exposureS }) => exposureS + 60,
    progress: (status, { imageId }) => {
      if (status.lastImage?.imageId === imageId) return done({ ...status.lastImage })
      if (status.state === 'idle') return failed('no_image', 'the camera is idle and has no image')
      return status.exposure ? { ...going, restS: status.exposure.remainingS } : going
    },
  }),
  /** Sets the goal; how cold it is by now stands in the status. */
  cool: command(cooling, {
    class: 'works',
    idempotent: true,
    patienceS: 10,
    progress: ({ coolingGoalC }, { temperatureC }) => (coolingGoalC === temperatureC ? done() : going),
  }),
  warm: command(nothing, {
    class: 'secures',
    preempts: false,
    patienceS: 10,
    progress: ({ coolingGoalC }) => (coolingGoalC === null ? done() : going),
  }),
  abort: command(nothing, {
    class: 'secures',
    patienceS: 10,
    progress: ({ state }) => (state === 'exposing' || state === 'reading' ? going : done()),
  }),
  reset: command(nothing, { class: 'secures', preempts: false, patienceS: 10, progress: () => done() }),
} satisfies Record<string, CommandSpec>

/** What of its status is news when it becomes another. */
export const cameraNews = ({ filter: inBeam, coolingGoalC, temperatureC, lastImage }: CameraStatus) => ({
  filter: inBeam,
  coolingGoalC,
  atTemperature: coolingGoalC !== null && Math.abs(temperatureC - coolingGoalC) < 1,
  image: lastImage?.imageId ?? null,
})
