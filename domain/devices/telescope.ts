import { z } from 'zod'
import { type CommandSpec, commandsOn, done, failed, going, nothing } from './command-spec.ts'

export const telescopeStatusSchema = z.object({
  state: z.enum(['parked', 'parking', 'stopped', 'slewing', 'tracking']),
  /** Where the encoders say the axes are. */
  altitudeDeg: z.number(),
  azimuthDeg: z.number(),
  /** From there to where it should be; null where it should be nowhere. */
  errorDeg: z.number().nullable(),
  /** The park switch: the tube lies where the roof cannot touch it. */
  parkSwitch: z.boolean(),
  target: z.object({ raDeg: z.number(), decDeg: z.number() }).nullable(),
  focusOffsetMm: z.number(),
  focusing: z.boolean(),
})
export type TelescopeStatus = z.output<typeof telescopeStatusSchema>

/** Below this no telescope of ours points. */
export const hardLimitDeg = 10
/** On target: a tenth of a small camera's field. */
export const onTargetDeg = 0.02

const command = commandsOn(telescopeStatusSchema)
const skyPosition = z.strictObject({ raDeg: z.number().min(0).lt(360), decDeg: z.number().min(-90).max(90) })
const direction = z.strictObject({
  altitudeDeg: z.number().min(hardLimitDeg).max(90),
  azimuthDeg: z.number().min(0).lt(360),
})
const focus = z.strictObject({ offsetMm: z.number().min(-10).max(10) })

const arrived = (wanted: TelescopeStatus['state']) => (status: TelescopeStatus) => {
  const { state, errorDeg, altitudeDeg, azimuthDeg } = status
  // Its word alone is not enough: the encoders have to agree.
  if (state === wanted && errorDeg !== null && errorDeg <= onTargetDeg)
    return done({ altitudeDeg, azimuthDeg })
  return state === 'parked' || state === 'parking' ? failed('parked', 'the telescope is parked') : going
}

/** A telescope's capabilities. Done is when the encoders or the park switch say so. */
export const telescopeCommands = {
  unpark: command(nothing, {
    class: 'moves',
    idempotent: true,
    patienceS: 30,
    progress: ({ state }) => (state === 'parked' ? going : done()),
  }),
  park: command(nothing, {
    class: 'secures',
    patienceS: 120,
    progress: ({ parkSwitch }) => (parkSwitch ? done() : going),
  }),
  /** To a target, and tracks it. */
  'go-to': command(skyPosition, {
    class: 'moves',
    idempotent: true,
    patienceS: 90,
    progress: arrived('tracking'),
  }),
  /** To a direction, and stays there: flats. */
  point: command(direction, {
    class: 'moves',
    idempotent: true,
    patienceS: 90,
    progress: arrived('stopped'),
  }),
  stop: command(nothing, {
    class: 'secures',
    patienceS: 10,
    progress: ({ state }) => (state === 'slewing' || state === 'tracking' ? going : done()),
  }),
  'focus-offset': command(focus, {
    class: 'works',
    idempotent: true,
    patienceS: 30,
    progress: ({ focusing, focusOffsetMm }) => (focusing ? going : done({ focusOffsetMm })),
  }),
  reset: command(nothing, { class: 'secures', preempts: false, patienceS: 10, progress: () => done() }),
} satisfies Record<string, CommandSpec>

/** What of its status is news when it becomes another. */
export const telescopeNews = ({ state, parkSwitch, target, focusOffsetMm, focusing }: TelescopeStatus) => ({
  state,
  parkSwitch,
  target,
  focusOffsetMm: focusing ? null : focusOffsetMm,
})
