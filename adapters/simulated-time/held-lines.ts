import { openDevice } from '#adapters/devices/device-client.ts'
import { openPlc } from '#adapters/plc/plc-client.ts'
import type { VirtualClock } from '#adapters/virtual-clock.ts'
import { type Device, DeviceUnreachable } from '#commands/devices/device.ts'
import { type Plc, PlcUnreachable } from '#commands/environment/plc.ts'

type Held = {
  readonly clock: VirtualClock
  readonly host: string
  readonly port: number
  /** What the log calls it: the real port is another in every run. */
  readonly address: string
  /** In real time, while simulated time stands. */
  readonly timeoutMs: number
}

/** Whether a broken line is found at the question or at its answer is a race within this process: all are told alike. */
const silence = 'it does not answer'

const retold = async <T>(
  work: () => Promise<T>,
  known: new (...args: never[]) => Error,
  told: () => Error,
) => {
  try {
    return await work()
  } catch (error) {
    throw error instanceof known ? told() : error
  }
}

/** A line to a simulated PLC on a virtual clock, which stands during every question. */
export const heldPlc = ({ clock, host, port, address, timeoutMs }: Held): Plc => {
  const plc = openPlc({ host, port, timeoutMs })
  return {
    address,
    status: (signal) =>
      retold(
        () => clock.holding(`poll of ${address}`, () => plc.status(signal)),
        PlcUnreachable,
        () => new PlcUnreachable('connect', `FAILED TO CONNECT TO DEVICE PLC (${address}): ${silence}`),
      ),
    close: () => plc.close(),
  }
}

/** The same for a simulated device; `open` is how one talks to it. */
export const heldDevice = (
  { clock, host, port, address, timeoutMs }: Held,
  open: typeof openDevice = openDevice,
): Device => {
  const during = <T>(what: string, work: () => Promise<T>) => clock.holding(what, work)
  const device = open({ host, port, timeoutMs, during })
  const alike = <T>(work: () => Promise<T>) =>
    retold(work, DeviceUnreachable, () => new DeviceUnreachable(silence))
  return {
    ...device,
    address,
    status: () => alike(() => device.status()),
    send: (name, parameters) => alike(() => device.send(name, parameters)),
  }
}
