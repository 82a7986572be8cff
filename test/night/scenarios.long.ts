import { describe, expect, it } from 'vitest'
import type { Recorded } from '#domain/shared/event.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { epochMsOf, secondsBetween } from '#domain/shared/time.ts'
import { nightNamed } from '#simulators/night-file.ts'
import { broken, type LivedNight, lived } from '../support/simulated-night.ts'

const patience = 180_000

const shipped = (name: string) => lived(nightNamed(name, { site: sanPedroMartir }))

type Told = Readonly<Record<string, unknown>>
const dataOf = ({ data }: Recorded): Told => data as Told

const first = ({ log }: LivedNight, type: string, matches: (data: Told) => boolean = () => true) => {
  const found = log.find((event) => event.type === type && matches(dataOf(event)))
  if (!found) throw new Error(`there is no such ${type}`)
  return { ...found, at: found.metadata.occurredAt }
}

/** When the dome was seen to become so, in order. */
const shutter = ({ log }: LivedNight): { at: string; closed: boolean }[] =>
  log
    .filter(({ type, data }) => type === 'DeviceStatusRecorded' && (data as Told)['device'] === 'dome')
    .map((event) => ({
      at: event.metadata.occurredAt,
      closed: (dataOf(event)['status'] as Told)['closedSwitch'] === true,
    }))

const closedAt = (night: LivedNight, instant: string): boolean =>
  shutter(night).findLast(({ at }) => at <= instant)?.closed ?? true

describe.concurrent('a simulated night', { timeout: patience }, () => {
  it('of showers closes in the rain at once, gives up what it was at, and opens twenty minutes after it', async () => {
    const night = await shipped('showers')
    expect(broken(night)).toEqual([])
    const rain = first(night, 'SafetyVerdictGiven', ({ reasons }) =>
      JSON.stringify(reasons).includes('raining'),
    )
    const closed = shutter(night).find(({ at, closed: is }) => is && at > rain.at)
    expect(secondsBetween(rain.at, closed?.at ?? '')).toBeLessThan(60)
    expect(first(night, 'ObservationAborted').data).toMatchObject({ why: 'weather' })
    const resumed = night.log.filter(({ type }) => type === 'ObservingResumed').map(dataOf)
    expect(resumed.map(({ suspendedS }) => suspendedS)).toEqual([1200, 1498, 1318])
  })

  it('with a burst at two has the telescope on it before the minute is over', async () => {
    const night = await shipped('grb-at-two')
    expect(broken(night)).toEqual([])
    const notice = first(night, 'NoticeReceived')
    const alert = first(night, 'RequestSubmitted', ({ alert: of }) => of !== null)
    const started = first(
      night,
      'ObservationStarted',
      ({ requestId }) => requestId === dataOf(alert)['requestId'],
    )
    expect(secondsBetween(notice.at, started.at)).toBeLessThan(10)
    const image = first(night, 'ImageAcquired', ({ requestId }) => requestId === dataOf(alert)['requestId'])
    expect(secondsBetween(notice.at, image.at)).toBeLessThan(180)
  })

  it('without its PLC for five minutes closes, as nobody knows the weather', async () => {
    const night = await shipped('plc-outage')
    expect(broken(night)).toEqual([])
    const lost = first(night, 'PlcLinkLost')
    expect(closedAt(night, new Date(epochMsOf(lost.at) + 125_000).toISOString())).toBe(true)
  })

  it('in which the dome is stuck while it rains climbs the ladder until the dome is closed', async () => {
    const night = await shipped('dome-stuck-in-rain')
    expect(broken(night)).toEqual([])
    const steps = night.log.flatMap((event) =>
      event.type === 'DeviceAlarmRaised' ? [String(dataOf(event)['step'])] : [],
    )
    expect(steps).toEqual(['reconnect', 'reset', 'power-cycle'])
    expect(night.closed).toBe(true)
  })

  it('that an operator takes over moves by hand alone until it is handed back', async () => {
    const night = await shipped('operator-takes-over')
    expect(broken(night)).toEqual([])
    expect(night.said.some((line) => line.includes('olga is refused'))).toBe(true)
    const [taken, back] = night.log.filter(({ type }) => type === 'ControlModeChanged')
    const between = night.log.filter(
      ({ type, metadata: { occurredAt: at } }) =>
        type === 'DeviceCommandAgreed' &&
        at > (taken?.metadata.occurredAt ?? '') &&
        at < (back?.metadata.occurredAt ?? ''),
    )
    const asked = between.map((event) =>
      first(
        night,
        'DeviceCommandRequested',
        ({ conversationId }) => conversationId === dataOf(event)['conversationId'],
      ),
    )
    const byOthers = asked.filter(
      ({ metadata, data }) => metadata.actor.id !== 'olga' && (data as Told)['name'] !== 'park',
    )
    expect(byOthers.map(({ data }) => (data as Told)['name'])).toEqual([])
  })

  it('that loses its power closes, and stays closed until a person lets it start', async () => {
    const night = await shipped('power-loss')
    expect(broken(night)).toEqual([])
    const [lost, back] = night.log.filter(({ type }) => type === 'ControlModeChanged')
    expect(lost && dataOf(lost)).toMatchObject({ mode: 'manual', previous: 'automatic' })
    expect(back?.metadata.actor).toEqual({ kind: 'user', id: 'olga' })
    const until = back?.metadata.occurredAt ?? ''
    const closings = shutter(night).filter(({ at }) => at > (lost?.metadata.occurredAt ?? '') && at < until)
    const firstClosed = closings.findIndex(({ closed }) => closed)
    expect(firstClosed).toBeGreaterThanOrEqual(0)
    expect(closings.slice(firstClosed).every(({ closed }) => closed)).toBe(true)
  })
})
