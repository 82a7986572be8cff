import { type DeviceOptions, openDevice } from '#adapters/devices/device-client.ts'
import type { Device } from '#commands/devices/device.ts'
import { powerAwayS } from '#domain/devices/plc.ts'

/**
 * The PLC as a device: its lamp and its relays. It has a connection of its own beside that of the environment monitor, whose
 * STATUS is PYROS's; of its outputs it tells when it is asked OUTPUTS.
 */
export const openPlcOutputs = (options: DeviceOptions): Device => {
  const plc = openDevice({ ...options, statusName: 'OUTPUTS' })
  return {
    ...plc,
    send: (name, parameters) =>
      name === 'power-cycle'
        ? plc.send('power-off', { ...parameters, forS: powerAwayS })
        : plc.send(name, parameters),
  }
}
