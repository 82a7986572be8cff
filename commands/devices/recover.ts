import type { RecoveryStep } from '#domain/devices/closing.ts'
import type { DeviceName } from '#domain/devices/events.ts'
import { isWell, recoveryStep } from '#domain/devices/recovery.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import type { Device } from './device.ts'
import type { DeviceLog } from './device-log.ts'
import type { DeviceWatch } from './device-watch.ts'

type Parts = {
  readonly name: DeviceName
  readonly device: Device
  readonly clock: Clock
  readonly log: DeviceLog
  readonly watch: DeviceWatch
  readonly powerCycle?: (device: DeviceName, affair: string) => Promise<void>
  readonly onTrouble?: (error: unknown) => void
}

const texts: Record<RecoveryStep, string> = {
  reconnect: 'it does not do as it is told; a new line is made to it',
  reset: 'it still does not do as it is told; its controller is reset',
  'power-cycle': 'it still does not do as it is told; its power is taken away for a moment',
  'give-up': 'it still does not do as it is told and nothing is left to try: somebody has to look at it',
}

const noPower = 'it still does not do as it is told; its power cannot be switched from here'

/** Brings a telescope or a camera back by the ladder. The dome has a ladder of its own, at whose foot it is closed. */
export class Recovery {
  readonly #parts: Parts
  #failedInARow = 0
  #stepsTaken = 0

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** A command to it came to an end. */
  ended(well: boolean): void {
    this.#failedInARow = well ? 0 : this.#failedInARow + 1
  }

  /** Takes the next step, if one is due. Rejects when the log cannot take it: then it is still due. */
  async look(): Promise<void> {
    const { clock, watch, onTrouble } = this.#parts
    const { lostAtMs } = watch
    const ailing = {
      lostForS: lostAtMs === null ? null : (clock.now() - lostAtMs) / 1000,
      failedInARow: this.#failedInARow,
      stepsTaken: this.#stepsTaken,
    }
    if (isWell(ailing)) this.#stepsTaken = 0
    const step = recoveryStep(ailing)
    if (!step) return
    await this.#tell(step, lostAtMs !== null)
    this.#stepsTaken += 1
    await this.#take(step).catch((error: unknown) => onTrouble?.(error))
  }

  #tell(step: RecoveryStep, lost: boolean): Promise<void> {
    const { name: device, log, powerCycle } = this.#parts
    // Nobody is told that something was done which nobody here can do.
    const text = step === 'power-cycle' && !powerCycle ? noPower : texts[step]
    const code = lost ? 'device_lost' : 'device_failing'
    return log.record({
      type: 'DeviceAlarmRaised',
      data: { device, code, text, step, conversationId: null },
    })
  }

  async #take(step: RecoveryStep): Promise<void> {
    const { name, device, clock, powerCycle } = this.#parts
    switch (step) {
      case 'reconnect':
        return device.reconnect()
      case 'reset':
        return device.send('reset')
      case 'power-cycle':
        return powerCycle?.(name, uuidFrom(`recovery/${name}/${clock.now()}`, noctuaryNamespace))
      case 'give-up':
        return
    }
  }
}
