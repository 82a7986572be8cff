import { z } from 'zod'
import { type CommandSpec, commandsOn, done, going, nothing } from './command-spec.ts'

/** Devices whose power goes over a relay of the PLC. */
export const poweredDevices = ['telescope', 'dome', 'visible-camera', 'infrared-camera'] as const
export type PoweredDevice = (typeof poweredDevices)[number]

/** The PLC's outputs. What it measures is read by the environment monitor. */
export const plcStatusSchema = z.object({
  /** Of the flat field. */
  lampOn: z.boolean(),
  /** Whether each relay lets the power through. */
  power: z.record(z.enum(poweredDevices), z.boolean()),
})
export type PlcStatus = z.output<typeof plcStatusSchema>

/** A device is without power for so long: capacitors are empty then, and its controller begins anew. */
export const powerAwayS = 5

const command = commandsOn(plcStatusSchema)
const powered = z.strictObject({ device: z.enum(poweredDevices) })

/** The PLC's capabilities beside measuring: the flat field's lamp, and the power of the others. */
export const plcCommands = {
  'lamp-on': command(nothing, {
    class: 'works',
    idempotent: true,
    patienceS: 10,
    progress: ({ lampOn }) => (lampOn ? done() : going),
  }),
  /** Light in the dome harms: it may be put out whoever has the observatory in hand. */
  'lamp-off': command(nothing, {
    class: 'secures',
    preempts: false,
    patienceS: 10,
    progress: ({ lampOn }) => (lampOn ? going : done()),
  }),
  /** The PLC itself gives the power back: nobody has to live on for that. */
  'power-cycle': command(powered, {
    class: 'recovers',
    idempotent: true,
    patienceS: 30,
    progress: ({ power }, { device }) => (power[device] ? done() : going),
  }),
} satisfies Record<string, CommandSpec>

export const plcNews = ({ lampOn, power }: PlcStatus) => ({ lampOn, power })
