import type { PlcDevice, PlcStatus, PlcValue } from './plc-status.ts'

// How far a measured value strays, in its own unit. What is not here (rain, contacts, states) never moves by itself.
const reach: Record<string, number> = {
  OutsideTemp: 0.3,
  InsideTemp: 0.2,
  SensorTemperature: 0.3,
  SkyTemperature: 0.5,
  DewPoint: 0.2,
  OutsideHumidity: 0.8,
  InsideHumidity: 0.5,
  Pressure: 0.2,
  WindSpeed: 0.4,
  WindDir: 6,
  analog: 0.03,
}

// Periods in iterations, with no common measure worth mentioning, so that a night does not repeat itself.
const periods = [31, 97, 389] as const

/** Moves the measured values a little: a smooth function of the iteration, the same for the same seed. */
export const wandered = (status: PlcStatus, i: number, seed: number): PlcStatus => ({
  ...status,
  device: status.device.map((device) => ({
    ...device,
    values: device.values.map((value) => strayed(value, device, i, seed)),
  })),
})

const strayed = (value: PlcValue, device: PlcDevice, i: number, seed: number): PlcValue => {
  const far = reach[value.name]
  if (far === undefined || typeof value.value !== 'number') return value
  const moved = value.value + far * swing(i, phaseOf(`${seed}/${device.name}/${value.name}`))
  return { ...value, value: Math.round(moved * 100) / 100 }
}

/** Within -1 and 1. */
const swing = (i: number, phase: number) =>
  periods.reduce((sum, period, n) => sum + Math.sin(2 * Math.PI * (i / period + phase * (n + 1))), 0) /
  periods.length

/** FNV-1a over the name, as a fraction of a turn. */
const phaseOf = (name: string) => {
  let hash = 0x811c9dc5
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0) / 2 ** 32
}
