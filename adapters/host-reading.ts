import { statfs } from 'node:fs/promises'
import type { DeviceReading } from '#domain/environment/readings.ts'

/** What our own machine adds to a poll, in the shape of a device: how much of the disk that holds `folder` is free. */
export const hostReading = async (folder: string): Promise<DeviceReading | null> => {
  try {
    const { bavail, blocks } = await statfs(folder)
    const percent = Math.round((bavail / blocks) * 1000) / 10
    return {
      name: 'HOST',
      type: 'host',
      serialNumber: '',
      valid: 'yes',
      values: [{ name: 'DiskFree', value: percent, unit: 'percent' }],
    }
  } catch {
    return null
  }
}
