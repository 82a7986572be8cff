import { describe, expect, it } from 'vitest'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { addSeconds, secondsBetween } from '#domain/shared/time.ts'
import { nightNamed } from '#simulators/night-file.ts'
import {
  broken,
  first,
  happened,
  type LivedNight,
  lived,
  reportOf,
  shutter,
} from '#test/support/simulated-night.ts'

const shipped = (name: string) => lived(nightNamed(name, { site: sanPedroMartir }))

const closedAt = (night: LivedNight, instant: string): boolean =>
  shutter(night).findLast(({ at }) => at <= instant)?.closed ?? true

const suspensionsOf = (night: LivedNight) =>
  reportOf(night).course.suspensions.map(({ suspendedS, causes }) => `${causes[0]?.why} ${suspendedS} s`)

const outcomesOf = (night: LivedNight) =>
  reportOf(night).observing.observations.map(
    ({ name, outcome, why, imagesTaken, imagesExpected }) =>
      `${name} ${outcome}${why ? `, ${why}` : ''}: ${imagesTaken} of ${imagesExpected}`,
  )

const about = (word: string) => (data: Readonly<Record<string, unknown>>) =>
  JSON.stringify(data['reasons'] ?? '').includes(word)

describe('W17 W19 a shipped night judges itself, and tells what was', { timeout: 600_000 }, () => {
  it('of showers: closed in the rain at once, given up and taken up again, open twenty minutes after it', async () => {
    const night = await shipped('showers')
    expect(broken(night)).toEqual([])
    const rain = first(night, 'SafetyVerdictGiven', about('rain 5 mm/h'))
    const closed = shutter(night).find(({ at, closed: is }) => is && at > rain.at)
    expect(secondsBetween(rain.at, closed?.at ?? '')).toBeLessThan(60)
    expect(suspensionsOf(night)).toEqual(['weather 1200 s', 'weather 1498 s', 'weather 1318 s'])
    expect(outcomesOf(night)).toEqual([
      'M15 aborted, weather: 17 of 24',
      'M15 finished: 24 of 24',
      'NGC 6946 aborted, weather: 0 of 24',
      'NGC 6946 finished: 24 of 24',
      expect.stringContaining('M39 running'),
    ])
    expect(reportOf(night).rain.map(({ maxMmH }) => maxMmH)).toEqual([5, 1.2])
  })

  it('with a burst at two: the telescope on it within ten seconds, an image in three minutes', async () => {
    const night = await shipped('grb-at-two')
    expect(broken(night)).toEqual([])
    const [burst] = reportOf(night).alerts.triggers
    expect(burst).toMatchObject({ mission: 'swift', notices: 2, outcome: 'observe', retracted: false })
    expect(burst?.latency?.startedS).toBeLessThan(10)
    expect(burst?.latency?.firstImageS).toBeLessThan(180)
    const [interrupted] = happened(night, 'ObservationAborted')
    expect(interrupted?.data).toMatchObject({ why: 'alert' })
    const finished = happened(night, 'ObservationFinished').map(({ data }) => data['requestId'])
    expect(finished).toContain(burst?.requestId)
    expect(outcomesOf(night).at(-1)).toMatch(/^M1 running/)
  })

  it('P51 W8 without its PLC for five minutes: closed, as nobody knows the weather, and opened by a decision', async () => {
    const night = await shipped('plc-outage')
    expect(broken(night)).toEqual([])
    const lost = first(night, 'PlcLinkLost')
    expect(closedAt(night, addSeconds(lost.at, 125))).toBe(true)
    const back = first(night, 'PlcLinkRestored')
    expect(back.data).toMatchObject({ outageS: 300 })
    const resumed = happened(night, 'ObservingResumed').find(({ at }) => at > back.at)
    expect(secondsBetween(back.at, resumed?.at ?? '')).toBe(1200)
    // A silence of the PLC is no power loss, though the UPS is not heard either.
    expect(happened(night, 'ControlModeChanged')).toEqual([])
  })

  it('with the dome stuck in rain: the ladder climbed until it is closed, parked and opened when it is dry', async () => {
    const night = await shipped('dome-stuck-in-rain')
    expect(broken(night)).toEqual([])
    const [alarm] = reportOf(night).devices.alarms
    expect(alarm?.steps.map(({ step }) => step)).toEqual(['reconnect', 'reset', 'power-cycle'])
    const rain = first(night, 'SafetyVerdictGiven', about('rain 5 mm/h'))
    const closed = shutter(night).find(({ at, closed: is }) => is && at > rain.at)
    expect(secondsBetween(rain.at, closed?.at ?? '')).toBeLessThan(600)
    // The close had timed out on record: the night goes on all the same, without a refused opening.
    expect(happened(night, 'DeviceCommandRefused')).toEqual([])
    expect(suspensionsOf(night)).toEqual(['weather 1200 s', 'weather 2398 s'])
    expect(outcomesOf(night).at(-1)).toMatch(/^M15 running/)
  })

  it('P40 taken over by an operator: moved by hand alone until it is handed back', async () => {
    const night = await shipped('operator-takes-over')
    expect(broken(night)).toEqual([])
    expect(night.said.filter((line) => line.includes('olga is refused'))).toHaveLength(1)
    const [taken, back] = happened(night, 'ControlModeChanged')
    const during = ({ at }: { at: string }) => at >= (taken?.at ?? '') && at < (back?.at ?? '')
    const orders = happened(night, 'DeviceCommandRequested', ({ device }) => device === 'dome').filter(during)
    expect(orders.map(({ by, data }) => `${by} ${data['name']}`)).toEqual(['olga close', 'olga open'])
    expect(suspensionsOf(night)).toEqual(['weather 1200 s', 'mode 1200 s'])
    expect(outcomesOf(night).slice(0, 2)).toEqual(['M15 aborted, person: 16 of 24', 'M15 finished: 24 of 24'])
  })

  it('that loses its power: closed, and closed until a person lets it start', async () => {
    const night = await shipped('power-loss')
    expect(broken(night)).toEqual([])
    const [lost, back] = reportOf(night).course.modeChanges
    expect(lost).toMatchObject({ mode: 'manual', previous: 'automatic' })
    expect(back).toMatchObject({ mode: 'automatic', previous: 'manual', by: 'user olga' })
    const safe = happened(night, 'SafetyVerdictGiven', ({ state }) => state === 'safe').at(-1)
    expect((safe?.at ?? '') < (back?.at ?? '')).toBe(true)
    const between = shutter(night).filter(({ at }) => at > (lost?.at ?? '') && at < (back?.at ?? ''))
    const firstClosed = between.findIndex(({ closed }) => closed)
    expect(firstClosed).toBeGreaterThanOrEqual(0)
    expect(between.slice(firstClosed).every(({ closed }) => closed)).toBe(true)
  })
})
