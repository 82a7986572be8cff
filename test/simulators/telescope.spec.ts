import { Horizon, Observer } from 'astronomy-engine'
import { describe, expect, it } from 'vitest'
import type { Device } from '#commands/devices/device.ts'
import { horizontalOf } from '#domain/devices/pointing.ts'
import { telescopeCommands, telescopeStatusSchema } from '#domain/devices/telescope.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { deviceScenario } from '#simulators/device-scenario.ts'
import { SimulatedTelescope } from '#simulators/telescope.ts'
import { joinedDevice, nightStartsAt, performed } from '#test/support/simulated-device.ts'

const telescopeIn = (...entries: unknown[]) =>
  joinedDevice(new SimulatedTelescope(sanPedroMartir), {
    scenario: deviceScenario([100_000, ...entries], 'telescopeSimulator'),
  })

const statusOf = async (client: Device) => telescopeStatusSchema.parse((await client.status()).status)
const high = { raDeg: 40, decDeg: 25 }
const goTo = ['go-to', telescopeCommands['go-to']] as const
const unpark = ['unpark', telescopeCommands.unpark] as const

describe('the simulated telescope', () => {
  it('points where the sky is: within 0.02° of what astronomy-engine says of the same star', () => {
    const observer = new Observer(sanPedroMartir.latitudeDeg, sanPedroMartir.longitudeDeg, 0)
    // Coordinates of the date: those of J2000 moved by precession alone, 26.9 years of it.
    const [raDeg, decDeg] = [83.6331, 22.0145]
    const theirs = Horizon(new Date(nightStartsAt), observer, 84.037 / 15, 22.031)
    const ours = horizontalOf({ raDeg, decDeg }, nightStartsAt, sanPedroMartir)
    expect(Math.abs(ours.altitudeDeg - theirs.altitude)).toBeLessThan(0.02)
    expect(Math.abs(ours.azimuthDeg - theirs.azimuth)).toBeLessThan(0.02)
  })

  it('goes to a target in less than a minute and tracks it for an hour', async () => {
    const joined = await telescopeIn()
    await performed(joined, unpark)
    const { progress, afterS } = await performed(joined, goTo, high)
    expect(progress.kind).toBe('done')
    expect(afterS).toBeLessThan(50)
    await joined.clock.advanceBy(3_600_000)
    const status = await statusOf(joined.client)
    const sky = horizontalOf(high, joined.clock.now(), sanPedroMartir)
    expect(status.state).toBe('tracking')
    expect(status.altitudeDeg).toBeCloseTo(sky.altitudeDeg, 6)
    expect(status.azimuthDeg).toBeCloseTo(sky.azimuthDeg, 6)
  })

  it('goes from one target to one near by in less than 20 s', async () => {
    const joined = await telescopeIn()
    await performed(joined, unpark)
    await performed(joined, goTo, high)
    const { afterS } = await performed(joined, goTo, { raDeg: 60, decDeg: 15 })
    expect(afterS).toBeLessThan(20)
  })

  it('does not move while it is parked, nor below 10°', async () => {
    const joined = await telescopeIn()
    await expect(joined.client.send('go-to', high)).rejects.toMatchObject({ code: 'parked' })
    await performed(joined, unpark)
    await expect(joined.client.send('go-to', { raDeg: 40, decDeg: -80 })).rejects.toMatchObject({
      code: 'below_limit',
    })
  })

  it('stops tracking when its target sinks below 10°', async () => {
    const joined = await telescopeIn()
    await performed(joined, unpark)
    await performed(joined, goTo, high)
    for (let hour = 0; hour < 11; hour++) {
      await joined.clock.advanceBy(3_600_000)
      await statusOf(joined.client)
    }
    const { status, faults } = await joined.client.status()
    expect(status).toMatchObject({ state: 'stopped' })
    expect(faults).toMatchObject([{ code: 'below_limit' }])
  })

  it('parks: done is when the park switch says so', async () => {
    const joined = await telescopeIn()
    await performed(joined, unpark)
    await performed(joined, goTo, high)
    const { progress } = await performed(joined, ['park', telescopeCommands.park])
    expect(progress.kind).toBe('done')
    expect(await statusOf(joined.client)).toMatchObject({ state: 'parked', parkSwitch: true })
  })

  it('a stuck axis is a way that never ends', async () => {
    const joined = await telescopeIn({ time: 5, telescopeSimulator: { fault: 'stuck' } })
    await performed(joined, unpark)
    await joined.clock.advanceBy(6_000)
    const { progress, afterS } = await performed(joined, goTo, high)
    expect({ progress, afterS }).toEqual({ progress: { kind: 'going' }, afterS: 90 })
  })

  it('that lies says it tracks: its encoders do not, and the way is not done', async () => {
    const joined = await telescopeIn({ time: 5, telescopeSimulator: { fault: 'lying' } })
    await performed(joined, unpark)
    await joined.clock.advanceBy(6_000)
    const { progress } = await performed(joined, goTo, high)
    expect(progress).toEqual({ kind: 'going' })
    expect((await statusOf(joined.client)).state).toBe('tracking')
  })

  it('P23 an outage is a line that breaks, and is there again afterwards', async () => {
    const { client, clock } = await telescopeIn({ time: 10, telescopeSimulator: { outage: 5 } })
    await expect(client.status()).resolves.toBeDefined()
    await clock.advanceBy(11_000)
    await expect(client.status()).rejects.toThrow(/ECONNREFUSED|closed/)
    await clock.advanceBy(5_000)
    await expect(client.status()).resolves.toBeDefined()
  })

  it('a silent device costs the time limit and no more', async () => {
    const { client, clock } = await telescopeIn({ time: 10, telescopeSimulator: { fault: 'silent', for: 5 } })
    await clock.advanceBy(11_000)
    await expect(client.status()).rejects.toThrow('nothing came within 1500 ms')
    await clock.advanceBy(5_000)
    await expect(client.status()).resolves.toBeDefined()
  })

  it.for([
    [{ fault: 'rain' }, 'scenario element 1: fault'],
    [{ outage: 0 }, 'scenario element 1: outage'],
    [{ fault: 'stuck', cur: 'reset' }, 'allowed: fault, for, cure'],
    [{ fault: 'emergency-button' }, 'scenario element 1: fault'],
  ])('P24 a scenario with %o is refused', ([entry, why]) => {
    expect(() => deviceScenario([10, { time: 1, telescopeSimulator: entry }], 'telescopeSimulator')).toThrow(
      `${why}`,
    )
  })
})
