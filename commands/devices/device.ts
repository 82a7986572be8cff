import type { DeviceStatus } from '#domain/devices/command-spec.ts'
import type { Fault } from '#domain/devices/wire.ts'

/** No answer: nobody listens, the line broke, the time was up, or what came was no answer. */
export class DeviceUnreachable extends Error {
  constructor(detail: string) {
    super(detail)
    this.name = 'DeviceUnreachable'
  }
}

/** The device itself does not want to. */
export class DeviceRefused extends Error {
  readonly code: string
  constructor(code: string, why: string) {
    super(why)
    this.name = 'DeviceRefused'
    this.code = code
  }
}

export type DeviceReport = { readonly status: DeviceStatus; readonly faults: readonly Fault[] }

/** The port to a device. Questions wait their turn; each settles within the adapter's time limit. */
export type Device = {
  /** `host:port`, for people. */
  readonly address: string
  /** Rejects with {@link DeviceUnreachable}. */
  status(): Promise<DeviceReport>
  /** Resolves when the device has begun; rejects with {@link DeviceRefused} or {@link DeviceUnreachable}. */
  send(name: string, parameters?: Readonly<Record<string, unknown>>): Promise<void>
  /** Lets the connection go: the next question makes a new one. */
  reconnect(): void
  close(): void
}
