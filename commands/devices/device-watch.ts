import { isDeepStrictEqual } from 'node:util'
import { capabilities } from '#domain/devices/capabilities.ts'
import type { DeviceName } from '#domain/devices/events.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { type Device, type DeviceReport, DeviceUnreachable } from './device.ts'
import type { DeviceLog } from './device-log.ts'

type Parts = {
  readonly name: DeviceName
  readonly device: Device
  readonly log: DeviceLog
  readonly clock: Clock
  readonly site: Site
}

/** Looks at a device and puts on record what has become another: its status, its faults, its line. */
export class DeviceWatch {
  readonly #parts: Parts
  #recorded: unknown
  #lostAtMs: number | null = null

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Whether the last look found it. */
  get linked(): boolean {
    return this.#lostAtMs === null && this.#recorded !== undefined
  }

  /** Since when its line is lost; null while it is there. */
  get lostAtMs(): number | null {
    return this.#lostAtMs
  }

  /** Asks its status; rejects with {@link DeviceUnreachable}, and when the log cannot take the news. */
  async look(): Promise<DeviceReport> {
    try {
      const report = await this.#parts.device.status()
      await this.#found(report)
      return report
    } catch (error) {
      if (error instanceof DeviceUnreachable) await this.#lost(error.message)
      throw error
    }
  }

  async #found({ status, faults }: DeviceReport): Promise<void> {
    const { name, device, log, clock, site } = this.#parts
    if (this.#lostAtMs !== null) {
      const downS = (clock.now() - this.#lostAtMs) / 1000
      await log.record({ type: 'DeviceLinkRestored', data: { device: name, address: device.address, downS } })
      this.#lostAtMs = null
      this.#recorded = undefined
    }
    // Of each night anew: whoever asks how a device is reads that night's stream.
    const night = nightOf(instantOf(clock.now()), site.timeZone)
    const news = { night, of: capabilities[name].news(status), faults: faults.map(({ code }) => code) }
    if (isDeepStrictEqual(news, this.#recorded)) return
    await log.record({
      type: 'DeviceStatusRecorded',
      data: { device: name, status: { ...status }, faults: [...faults] },
    })
    this.#recorded = news
  }

  async #lost(detail: string): Promise<void> {
    if (this.#lostAtMs !== null) return
    const { name, device, log, clock } = this.#parts
    const at = clock.now()
    await log.record({ type: 'DeviceLinkLost', data: { device: name, address: device.address, detail } })
    this.#lostAtMs = at
  }
}
