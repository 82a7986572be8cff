import { z } from 'zod'
import { type CommandSpec, commandsOn, done, nothing } from './command-spec.ts'

export const outlets = ['telescope', 'dome', 'visible-camera', 'infrared-camera'] as const

/** What the PLC switches. */
export const powerStatusSchema = z.object({
  lamps: z.record(z.string(), z.boolean()),
  outlets: z.record(z.string(), z.boolean()),
})
type PowerStatus = z.output<typeof powerStatusSchema>

const command = commandsOn(powerStatusSchema)
const lamp = z.strictObject({ lamp: z.string().min(1) })
const outlet = z.strictObject({ outlet: z.enum(outlets) })

/** The PLC's capabilities: calibration lamps and the devices' power. */
export const powerCommands = {
  'lamp-on': command(lamp, { class: 'works', idempotent: true, patienceS: 10, progress: () => done() }),
  'lamp-off': command(lamp, { class: 'secures', patienceS: 10, progress: () => done() }),
  'power-on': command(outlet, { class: 'works', idempotent: true, patienceS: 10, progress: () => done() }),
  'power-off': command(outlet, { class: 'works', idempotent: true, patienceS: 10, progress: () => done() }),
  /** Off and on again; what forgets its troubles without power has then forgotten them. */
  'power-cycle': command(outlet, { class: 'works', patienceS: 10, progress: () => done() }),
  reset: command(nothing, { class: 'secures', preempts: false, patienceS: 10, progress: () => done() }),
} satisfies Record<string, CommandSpec>

export const powerNews = (status: PowerStatus) => status
