import { z } from 'zod'
import { type PlcStatus, type PoweredDevice, poweredDevices } from '#domain/devices/plc.ts'
import { type Refusal, refuse, unknownCommand } from './device.ts'

export const outputCommands = ['LAMP_ON', 'LAMP_OFF', 'POWER_ON', 'POWER_OFF'] as const

const relay = z.strictObject({
  device: z.enum(poweredDevices),
  /** Without it the power stays away until somebody gives it back. */
  forS: z.number().positive().max(3600).optional(),
})

/** A PLC's lamp and relays. No timers: what a relay is follows from the instant at which somebody looks. */
export class PlcOutputs {
  #lampOn = false
  readonly #offUntilMs = new Map<PoweredDevice, number>()

  state(nowMs: number): PlcStatus {
    const without = new Set(this.without(nowMs))
    const power = Object.fromEntries(poweredDevices.map((name) => [name, !without.has(name)]))
    return { lampOn: this.#lampOn, power: power as PlcStatus['power'] }
  }

  /** The devices that have no power. */
  without(nowMs: number): PoweredDevice[] {
    return poweredDevices.filter((name) => nowMs < (this.#offUntilMs.get(name) ?? nowMs))
  }

  /** When a relay next comes back by itself; infinite when none does. */
  nextChangeMs(nowMs: number): number {
    return Math.min(Number.POSITIVE_INFINITY, ...[...this.#offUntilMs.values()].filter((at) => at > nowMs))
  }

  tell(name: string, parameters: unknown, nowMs: number): Refusal | null {
    switch (name) {
      case 'LAMP_ON':
        this.#lampOn = true
        return null
      case 'LAMP_OFF':
        this.#lampOn = false
        return null
      case 'POWER_ON':
      case 'POWER_OFF':
        return this.#switch(name === 'POWER_ON', parameters, nowMs)
      default:
        return unknownCommand(name, outputCommands)
    }
  }

  #switch(on: boolean, parameters: unknown, nowMs: number): Refusal | null {
    const asked = relay.safeParse(parameters)
    if (!asked.success)
      return refuse('bad_parameters', `which device? {"device":"dome"}, one of ${poweredDevices.join(', ')}`)
    const { device, forS = Number.POSITIVE_INFINITY } = asked.data
    if (on) this.#offUntilMs.delete(device)
    else this.#offUntilMs.set(device, nowMs + forS * 1000)
    return null
  }
}
