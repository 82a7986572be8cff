import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { observatoryDevices, operator } from '#test/support/observatory-devices.ts'
import { readFits } from '#test/support/read-fits.ts'

let log: FreshEventStore

beforeEach(async () => {
  await log?.[Symbol.asyncDispose]()
  log = await freshEventStore()
})
afterAll(() => log[Symbol.asyncDispose]())

const typesOf = (events: readonly { type: string }[]) =>
  events.map(({ type }) => type.replace('DeviceCommand', ''))
const asked = ['Requested', 'Agreed', 'Completed']

/** Automatic, safe, dark, beating, and both devices looked at. */
const ready = async (
  ...rest: Parameters<typeof observatoryDevices> extends [unknown, ...infer R] ? R : never
) => {
  const observatory = await observatoryDevices(log.store, ...rest)
  await observatory.setMode('automatic')
  await observatory.until('first look at both', async () =>
    (await Promise.all([observatory.deviceEvents('dome'), observatory.deviceEvents('telescope')])).every(
      (events) => events.length > 0,
    ),
  )
  return observatory
}

const opened = async (...rest: Parameters<typeof ready>) => {
  const observatory = await ready(...rest)
  const { conversationId } = await observatory.ask({ device: 'dome', name: 'open' })
  expect(typesOf(await observatory.outcome(conversationId))).toEqual(asked)
  return observatory
}

describe('the agents of dome and telescope', () => {
  it('I7 a conversation is requested, agreed and completed, and the devices did it', async () => {
    const observatory = await opened()
    const { ask, outcome, clock } = observatory
    expect(observatory.dome.openPercent(clock.now())).toBe(100)
    const unpark = await ask({ device: 'telescope', name: 'unpark' })
    expect(typesOf(await outcome(unpark.conversationId))).toEqual(asked)
    const parameters = { raDeg: 40, decDeg: 25 }
    const goTo = await ask({ device: 'telescope', name: 'go-to', parameters })
    expect(typesOf(await outcome(goTo.conversationId))).toEqual(asked)
    expect(observatory.telescope.status(clock.now()).state).toMatchObject({ state: 'tracking' })
  })

  it.each([
    ['an unsafe verdict', 'verdict_unsafe', (o) => (o.weather.state = 'unsafe')],
    ['an unknown verdict', 'verdict_unknown', (o) => (o.weather.state = 'unknown')],
    ['a monitor that is silent', 'verdict_unknown', (o) => (o.weather.speaks = false)],
    ['a heart that stands still', 'no_heartbeat', (o) => (o.heart.beats = false)],
  ] as [string, string, (o: Awaited<ReturnType<typeof ready>>) => unknown][])(
    'refuses to open under %s: an event with the reason',
    async (_, code, change) => {
      const observatory = await ready()
      change(observatory)
      await observatory.clock.advanceBy(45_000)
      const { conversationId } = await observatory.ask({ device: 'dome', name: 'open' })
      const events = await observatory.outcome(conversationId)
      expect(typesOf(events)).toEqual(['Requested', 'Refused'])
      expect(events[1]?.data).toMatchObject({ code })
      expect(observatory.dome.openPercent(observatory.clock.now())).toBe(0)
    },
  )

  it('P40 refuses a manual command in automatic mode at once, and closes all the same', async () => {
    const { ask, outcome, dome, clock } = await opened()
    const rotate = await ask(
      { device: 'dome', name: 'rotate', parameters: { azimuthDeg: 90 } },
      { actor: operator },
    )
    expect(rotate.refusal).toMatchObject({ code: 'refused_in_automatic' })
    const close = await ask({ device: 'dome', name: 'close' }, { actor: operator })
    expect(close.refusal).toBeNull()
    expect(typesOf(await outcome(close.conversationId))).toEqual(asked)
    expect(dome.openPercent(clock.now())).toBe(0)
  })

  it('sends closing though the roof says closed: the switch has the last word', async () => {
    const observatory = await opened([{ time: 300, domeSimulator: { fault: 'lying', for: 200 } }])
    await observatory.clock.advanceTo(observatory.clock.now() + 320_000)
    const { conversationId } = await observatory.ask({ device: 'dome', name: 'close' })
    await observatory.clock.advanceBy(60_000)
    expect(typesOf(await observatory.conversation(conversationId))).toEqual(['Requested', 'Agreed'])
    // The lie ends; it was told again after 65 s and from then on every 65 s.
    expect(typesOf(await observatory.outcome(conversationId))).toEqual(asked)
    expect(observatory.dome.openPercent(observatory.clock.now())).toBe(0)
  })

  it('raises the alarm after 300 s, climbs the ladder, and closes when the power was away', async () => {
    const observatory = await opened(
      [{ time: 100, domeSimulator: { fault: 'stuck', cure: 'power-cycle' } }],
      { relays: true },
    )
    await observatory.clock.advanceBy(100_000)
    const { conversationId } = await observatory.ask({ device: 'dome', name: 'close' })
    const begunAt = observatory.clock.now()
    expect(typesOf(await observatory.outcome(conversationId))).toEqual(['Requested', 'Agreed', 'TimedOut'])
    await observatory.until('closed roof', () => observatory.dome.openPercent(observatory.clock.now()) === 0)
    const events = await observatory.deviceEvents('dome')
    const alarms = events.filter(({ type }) => type === 'DeviceAlarmRaised')
    expect(stepsIn(events)).toEqual(['reconnect', 'reset', 'power-cycle'])
    expect((await observatory.deviceEvents('plc')).some(({ data }) => isWithoutPower(data, 'dome'))).toBe(
      true,
    )
    const firstAfterS = (Date.parse(alarms[0]?.metadata.occurredAt ?? '') - begunAt) / 1000
    expect(firstAfterS).toBeGreaterThanOrEqual(300)
    expect(firstAfterS).toBeLessThan(305)
  })

  it('parks before the roof moves when it is dry', async () => {
    const observatory = await opened()
    const { ask, outcome, clock } = observatory
    await outcome((await ask({ device: 'telescope', name: 'unpark' })).conversationId)
    const parameters = { raDeg: 40, decDeg: 25 }
    await outcome((await ask({ device: 'telescope', name: 'go-to', parameters })).conversationId)
    await observatory.sayDry()
    await outcome((await ask({ device: 'dome', name: 'close' })).conversationId)
    const telescope = await observatory.deviceEvents('telescope')
    const dome = await observatory.deviceEvents('dome')
    const parkedAt = telescope.findLast(({ data }) => statusIn(data)['parkSwitch'] === true)?.metadata
      .occurredAt
    const closingAt = dome.findLast(({ data }) => statusIn(data)['shutter'] === 'closing')?.metadata
      .occurredAt
    expect(parkedAt && closingAt && parkedAt <= closingAt).toBe(true)
    expect(observatory.dome.openPercent(clock.now())).toBe(0)
  })

  it('the same command id is the same conversation and has one effect', async () => {
    const { ask, outcome, conversation } = await opened()
    const commandId = randomUUID()
    await ask({ device: 'telescope', name: 'unpark' }, { commandId })
    await outcome(commandId)
    await ask({ device: 'telescope', name: 'unpark' }, { commandId })
    expect(typesOf(await conversation(commandId))).toEqual(asked)
  })

  it('is busy with one thing at a time, but what secures takes its place at once', async () => {
    const { ask, outcome } = await opened()
    await outcome((await ask({ device: 'telescope', name: 'unpark' })).conversationId)
    const first = await ask({ device: 'telescope', name: 'go-to', parameters: { raDeg: 40, decDeg: 25 } })
    const second = await ask({ device: 'telescope', name: 'go-to', parameters: { raDeg: 60, decDeg: 15 } })
    const refused = await outcome(second.conversationId)
    expect(refused[1]?.data).toMatchObject({ code: 'busy' })
    const park = await ask({ device: 'telescope', name: 'park' })
    expect((await outcome(first.conversationId))[2]?.data).toMatchObject({ code: 'preempted' })
    expect(typesOf(await outcome(park.conversationId))).toEqual(asked)
  })

  it('what is asked of a device that stops waits for that, and is not refused as busy', async () => {
    const { ask, outcome } = await opened()
    await outcome((await ask({ device: 'telescope', name: 'unpark' })).conversationId)
    const first = await ask({ device: 'telescope', name: 'go-to', parameters: { raDeg: 40, decDeg: 25 } })
    const stop = await ask({ device: 'telescope', name: 'stop' })
    const second = await ask({ device: 'telescope', name: 'go-to', parameters: { raDeg: 60, decDeg: 15 } })
    const third = await ask({ device: 'telescope', name: 'go-to', parameters: { raDeg: 50, decDeg: 15 } })
    expect((await outcome(first.conversationId)).at(-1)?.data).toMatchObject({ code: 'preempted' })
    expect(typesOf(await outcome(stop.conversationId))).toEqual(asked)
    expect(typesOf(await outcome(second.conversationId))).toEqual(asked)
    expect((await outcome(third.conversationId))[1]?.data).toMatchObject({ code: 'busy' })
  })

  it('I10 a telescope that is stuck times out, and is free for the next command', async () => {
    const { ask, outcome, clock } = await opened([
      { time: 120, telescopeSimulator: { fault: 'stuck', for: 200 } },
    ])
    await outcome((await ask({ device: 'telescope', name: 'unpark' })).conversationId)
    await clock.advanceTo(clock.now() + 120_000)
    const parameters = { raDeg: 40, decDeg: 25 }
    const stuck = await ask({ device: 'telescope', name: 'go-to', parameters })
    const events = await outcome(stuck.conversationId)
    expect(typesOf(events)).toEqual(['Requested', 'Agreed', 'TimedOut'])
    expect(events[2]?.data).toMatchObject({ afterS: 90 })
    await clock.advanceBy(200_000)
    const again = await ask({ device: 'telescope', name: 'go-to', parameters })
    expect(typesOf(await outcome(again.conversationId))).toEqual(asked)
  })

  it('an agent that died in the middle: closing is sent again by the next one', async () => {
    const observatory = await opened()
    const { ask, conversation, until, outcome } = observatory
    const { conversationId } = await ask({ device: 'dome', name: 'close' })
    await until('agreement', async () => (await conversation(conversationId)).length === 2)
    await observatory.agents[0].stop()
    expect(typesOf(await conversation(conversationId))).toEqual(['Requested', 'Agreed'])
    observatory.startAgent('dome')
    expect(typesOf(await outcome(conversationId))).toEqual(asked)
  })

  it('an agent that died in the middle: opening is not sent again, and fails', async () => {
    const observatory = await ready()
    const { ask, conversation, until, outcome } = observatory
    const { conversationId } = await ask({ device: 'dome', name: 'open' })
    await until('agreement', async () => (await conversation(conversationId)).length === 2)
    await observatory.agents[0].stop()
    observatory.startAgent('dome')
    const events = await outcome(conversationId)
    expect(typesOf(events)).toEqual(['Requested', 'Agreed', 'Failed'])
    expect(events[2]?.data).toMatchObject({ code: 'interrupted' })
  })

  it('an agent that was away takes up what came meanwhile, and is not busy with what was over before', async () => {
    const observatory = await opened()
    const { ask, outcome } = observatory
    for (let n = 0; n < 3; n++) {
      const { conversationId } = await ask({ device: 'dome', name: n < 2 ? 'stop' : 'close' })
      expect(typesOf(await outcome(conversationId))).toEqual(asked)
    }
    await observatory.agents[0].stop()
    const { conversationId } = await ask({ device: 'dome', name: 'open' })
    observatory.startAgent('dome')
    expect(typesOf(await outcome(conversationId))).toEqual(asked)
  })

  it('an agent that died after its closing had timed out: the next one closes until the switch says so', async () => {
    const observatory = await opened([{ time: 100, domeSimulator: { fault: 'lying', for: 600 } }])
    const { ask, outcome, until, clock } = observatory
    await clock.advanceBy(100_000)
    const close = await ask({ device: 'dome', name: 'close' })
    expect(typesOf(await outcome(close.conversationId))).toEqual(['Requested', 'Agreed', 'TimedOut'])
    await observatory.agents[0].stop()
    // The heart still beats and nobody else closes it.
    await clock.advanceBy(400_000)
    expect(observatory.dome.openPercent(clock.now())).toBeGreaterThan(0)
    observatory.startAgent('dome')
    await until('closed roof', () => observatory.dome.openPercent(clock.now()) === 0)
    expect(typesOf(await observatory.conversation(close.conversationId))).toEqual([
      'Requested',
      'Agreed',
      'TimedOut',
    ])
  })

  it('a closing that timed out and was done later is not taken up again', async () => {
    const observatory = await opened([{ time: 100, domeSimulator: { fault: 'stuck', for: 500 } }])
    const { ask, outcome, until, clock } = observatory
    await clock.advanceBy(100_000)
    await outcome((await ask({ device: 'dome', name: 'close' })).conversationId)
    await until('closed roof', async () => {
      const last = (await observatory.deviceEvents('dome')).findLast(
        ({ type }) => type === 'DeviceStatusRecorded',
      )
      return statusIn(last?.data)['closedSwitch'] === true
    })
    await clock.advanceBy(5_000)
    const again = await ask({ device: 'dome', name: 'open' })
    expect(typesOf(await outcome(again.conversationId))).toEqual(asked)
    await observatory.agents[0].stop()
    observatory.startAgent('dome')
    await clock.advanceBy(60_000)
    expect(observatory.dome.openPercent(clock.now())).toBe(100)
  })

  it('a camera leaves the image that its conversation ends with', async () => {
    const observatory = await ready()
    const { ask, outcome, folder } = observatory
    const filter = await ask({ device: 'visible-camera', name: 'set-filter', parameters: { filter: 'i' } })
    await outcome(filter.conversationId)
    const file = 'images/2026-11-20/m31.fits'
    const pointing = { raDeg: 10.68, decDeg: 41.27 }
    const parameters = { imageId: 'm31', file, frame: 'light', exposureS: 20, object: 'M 31', pointing }
    const { conversationId } = await ask({ device: 'visible-camera', name: 'expose', parameters })
    const events = await outcome(conversationId)
    expect(typesOf(events)).toEqual(asked)
    const bytes = readFileSync(path.join(folder, file))
    expect(events[2]?.data).toMatchObject({
      result: { file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    })
    const { cards } = readFits(bytes)
    expect([cards.get('FILTER'), cards.get('EXPTIME')]).toEqual(['i', 20])
  })

  it('P40 the lamp and the power are switched by hand in manual mode only, and put out in any', async () => {
    const { ask, outcome, setMode } = await ready([], { relays: true })
    const cycle = { device: 'plc', name: 'power-cycle', parameters: { device: 'telescope' } } as const
    for (const order of [{ device: 'plc', name: 'lamp-on' } as const, cycle]) {
      const { refusal } = await ask(order, { actor: operator })
      expect(refusal).toMatchObject({ code: 'refused_in_automatic' })
    }
    await setMode('manual')
    for (const order of [{ device: 'plc', name: 'lamp-on' } as const, cycle]) {
      const { conversationId } = await ask(order, { actor: operator })
      expect(typesOf(await outcome(conversationId))).toEqual(asked)
    }
    await setMode('automatic')
    const off = await ask({ device: 'plc', name: 'lamp-off' }, { actor: operator })
    expect(typesOf(await outcome(off.conversationId))).toEqual(asked)
  })

  it('climbs the ladder for a telescope that is lost, until it is there again', async () => {
    const observatory = await ready([{ time: 60, telescopeSimulator: { outage: 230 } }], { relays: true })
    const { until, deviceEvents } = observatory
    await until('restored line', async () =>
      (await deviceEvents('telescope')).some(({ type }) => type === 'DeviceLinkRestored'),
    )
    expect(stepsIn(await deviceEvents('telescope'))).toEqual(['reconnect', 'reset', 'power-cycle'])
    expect((await deviceEvents('plc')).some(({ data }) => isWithoutPower(data, 'telescope'))).toBe(true)
  })

  it('a camera that fails twice in a row climbs the ladder, and begins at its foot when it was well', async () => {
    const { ask, outcome, until, deviceEvents, clock } = await ready([
      { time: 60, visibleCameraSimulator: { fault: 'stuck', for: 120 } },
    ])
    await clock.advanceBy(60_000)
    const turn = async (filter: string) => {
      const parameters = { filter }
      const asked = await ask({ device: 'visible-camera', name: 'set-filter', parameters, patienceS: 20 })
      return outcome(asked.conversationId)
    }
    expect((await turn('i')).at(-1)?.type).toBe('DeviceCommandTimedOut')
    await clock.advanceBy(10_000)
    expect(stepsIn(await deviceEvents('visible-camera'))).toEqual([])
    await turn('g')
    await until('first step', async () => stepsIn(await deviceEvents('visible-camera')).length > 0)
    expect(stepsIn(await deviceEvents('visible-camera'))).toEqual(['reconnect'])
    await clock.advanceBy(100_000)
    await turn('z')
    expect((await turn('i')).at(-1)?.type).toBe('DeviceCommandCompleted')
    expect(stepsIn(await deviceEvents('visible-camera'))).toEqual(['reconnect'])
  })

  it('P41 records what becomes another and nothing at every look; a lost line once, and its return', async () => {
    const observatory = await ready([{ time: 60, telescopeSimulator: { outage: 30 } }])
    await observatory.clock.advanceBy(150_000)
    const events = await observatory.deviceEvents('telescope')
    expect(events.map(({ type }) => type)).toEqual([
      'DeviceStatusRecorded',
      'DeviceLinkLost',
      'DeviceLinkRestored',
      'DeviceStatusRecorded',
    ])
    expect(events[2]?.data).toMatchObject({ downS: expect.closeTo(30, -1) })
  })
})

const statusIn = (data: unknown): Record<string, unknown> =>
  (data as { status?: Record<string, unknown> }).status ?? {}

const stepsIn = (events: readonly { type: string; data: unknown }[]): string[] =>
  events.flatMap(({ type, data }) => (type === 'DeviceAlarmRaised' ? [(data as { step: string }).step] : []))

const isWithoutPower = (data: unknown, device: string): boolean =>
  (statusIn(data)['power'] as Record<string, boolean> | undefined)?.[device] === false
