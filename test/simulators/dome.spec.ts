import { describe, expect, it } from 'vitest'
import type { Device } from '#commands/devices/device.ts'
import { domeCommands, domeStatusSchema } from '#domain/devices/dome.ts'
import { horizontalOf } from '#domain/devices/pointing.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { deviceScenario } from '#simulators/device-scenario.ts'
import { SimulatedDome } from '#simulators/dome.ts'
import { joinedDevice, performed } from '#test/support/simulated-device.ts'

const domeIn = async (...entries: unknown[]) => {
  const dome = new SimulatedDome(sanPedroMartir)
  const scenario = deviceScenario([100_000, ...entries], 'domeSimulator')
  return { dome, ...(await joinedDevice(dome, { scenario })) }
}

const statusOf = async (client: Device) => domeStatusSchema.parse((await client.status()).status)

/** Beats every five seconds, as the conductor does. */
const beating = async ({ client, clock }: Awaited<ReturnType<typeof domeIn>>, seconds: number) => {
  for (let passed = 0; passed < seconds; passed += 5) {
    await client.send('heartbeat')
    await clock.advanceBy(5_000)
  }
}

describe('the simulated dome', () => {
  it('opens in about 30 s and says so by its limit switch', async () => {
    const joined = await domeIn()
    await joined.client.send('heartbeat')
    await joined.client.send('open')
    await beating(joined, 25)
    expect(await statusOf(joined.client)).toMatchObject({ shutter: 'opening', openSwitch: false })
    await beating(joined, 10)
    expect(await statusOf(joined.client)).toMatchObject({ shutter: 'open', openSwitch: true })
  })

  it('closes by itself ten seconds after the last beat', async () => {
    const joined = await domeIn()
    await joined.client.send('heartbeat')
    await joined.client.send('open')
    await beating(joined, 40)
    // The last beat is 5 s old by now.
    await joined.clock.advanceBy(4_900)
    expect(await statusOf(joined.client)).toMatchObject({ shutter: 'open' })
    await joined.clock.advanceBy(200)
    expect(await statusOf(joined.client)).toMatchObject({ shutter: 'closing' })
    await joined.clock.advanceBy(30_000)
    expect(await statusOf(joined.client)).toMatchObject({ shutter: 'closed', closedSwitch: true })
  })

  it('closes by itself even where nobody looks', async () => {
    const joined = await domeIn()
    await joined.client.send('heartbeat')
    await joined.client.send('open')
    await beating(joined, 40)
    const letGoAt = joined.clock.now() + 5_000
    expect(joined.dome.openPercent(letGoAt + 30_100)).toBe(0)
  })

  it('does not open without a heart that beats', async () => {
    const { client } = await domeIn()
    await expect(client.send('open')).rejects.toMatchObject({ code: 'no_heartbeat' })
  })

  it('stops half-way when its motor is stuck, and goes on when it is free again', async () => {
    const joined = await domeIn({ time: 15, domeSimulator: { fault: 'stuck', for: 60 } })
    await joined.client.send('heartbeat')
    await joined.client.send('open')
    await beating(joined, 60)
    const stuck = await joined.client.status()
    expect(stuck.faults).toMatchObject([{ code: 'motor_overload' }])
    expect(joined.dome.openPercent(joined.clock.now())).toBeGreaterThan(40)
    expect(joined.dome.openPercent(joined.clock.now())).toBeLessThan(60)
    await beating(joined, 40)
    expect(await statusOf(joined.client)).toMatchObject({ shutter: 'open', openSwitch: true })
  })

  it('lies that it is closed: its limit switch does not, and closing is not done', async () => {
    const joined = await domeIn({ time: 40, domeSimulator: { fault: 'lying' } })
    await joined.client.send('heartbeat')
    await joined.client.send('open')
    await beating(joined, 45)
    await joined.client.send('close')
    const status = await statusOf(joined.client)
    expect(status).toMatchObject({ shutter: 'closed', closedSwitch: false })
    expect(domeCommands.close.progress(status, {})).toEqual({ kind: 'going' })
  })

  it('closes when the emergency button is pressed, and does not open while it is', async () => {
    const joined = await domeIn({ time: 40, domeSimulator: { fault: 'emergency-button', for: 100 } })
    await joined.client.send('heartbeat')
    await joined.client.send('open')
    await beating(joined, 75)
    expect(await statusOf(joined.client)).toMatchObject({ closedSwitch: true, emergencyButton: true })
    await expect(joined.client.send('open')).rejects.toMatchObject({ code: 'emergency_button' })
  })

  it('follows a target: the slit stays within a degree and a bit of it', async () => {
    const joined = await domeIn()
    const target = { raDeg: 40, decDeg: 20 }
    const { progress } = await performed(joined, ['follow', domeCommands.follow], target)
    expect(progress.kind).toBe('done')
    for (let minute = 0; minute < 60; minute++) {
      await joined.clock.advanceBy(60_000)
      // Looks twice: the first look wakes it.
      await statusOf(joined.client)
      await joined.clock.advanceBy(3_000)
      const { azimuthDeg } = await statusOf(joined.client)
      const sky = horizontalOf(target, joined.clock.now(), sanPedroMartir).azimuthDeg
      const apart = Math.abs(((azimuthDeg - sky + 540) % 360) - 180)
      expect(apart).toBeLessThan(1.2)
    }
  })
})
