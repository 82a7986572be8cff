import { onTestFinished } from 'vitest'
import { openDevice } from '#adapters/devices/device-client.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { Device } from '#commands/devices/device.ts'
import type { CommandSpec, Progress } from '#domain/devices/command-spec.ts'
import type { SimulatedDevice } from '#simulators/device.ts'
import { type DeviceScenario, untroubled } from '#simulators/device-scenario.ts'
import { DeviceServer } from '#simulators/device-server.ts'

/** 04:00 UTC: dark at San Pedro Mártir. */
export const nightStartsAt = Date.UTC(2026, 10, 21, 4)

/** A simulated device and our client, joined by a real socket, on a clock that is driven by hand. */
export const joinedDevice = async (
  device: SimulatedDevice,
  {
    scenario = untroubled,
    startsAt = nightStartsAt,
    timeoutMs = 1500,
  }: { scenario?: DeviceScenario; startsAt?: number; timeoutMs?: number } = {},
) => {
  const clock = new VirtualClock(startsAt)
  const server = new DeviceServer({ device, clock, scenario })
  const address = await server.listen({ port: 0 })
  const client = openDevice({
    ...address,
    timeoutMs,
    during: (what, work) => clock.holding(what, work),
  })
  onTestFinished(async () => {
    client.close()
    await server.stop()
  })
  return { clock, server, client, address }
}

/** Sends a command and looks every second of the clock until it is over, as the device's agent does. */
export const performed = async (
  { client, clock }: { client: Device; clock: VirtualClock },
  [name, spec]: readonly [string, CommandSpec],
  parameters: Record<string, unknown> = {},
): Promise<{ progress: Progress; afterS: number }> => {
  await client.send(name, parameters)
  for (let afterS = 0; ; afterS++) {
    const { status } = await client.status()
    const progress = spec.progress(status, parameters)
    if (progress.kind !== 'going' || afterS >= spec.patienceS(parameters)) return { progress, afterS }
    await clock.advanceBy(1_000)
  }
}
