import { XmlDocument } from 'libxml2-wasm'
import { describe, expect, it, onTestFinished } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { vtpSubscriber } from '#adapters/vtp/subscriber.ts'
import { type NoticeKind, noticeKinds, noticeXml } from '#simulators/alert-notice.ts'
import { parseAlertScenario } from '#simulators/alert-scenario.ts'
import { AlertSimulator } from '#simulators/alerts.ts'
import { noticeLog } from '#test/support/notice-log.ts'

const startsAt = Date.UTC(2026, 10, 21, 4)

const played = async (scenario: unknown) => {
  const clock = new VirtualClock(startsAt)
  const log = await noticeLog()
  const simulator = new AlertSimulator({ clock, scenario: parseAlertScenario(scenario) })
  // The subscriber may connect before the first iteration has begun: nothing is played until the clock moves.
  const address = await simulator.listen({ port: 0 })
  const subscriber = vtpSubscriber({
    broker: address,
    ivorn: 'ivo://test.noctuary/subscriber',
    sink: log.sink,
    clock,
    random: () => 0.01,
  })
  const stopping = new AbortController()
  const running = subscriber.run(stopping.signal)
  onTestFinished(async () => {
    stopping.abort()
    await simulator.stop()
    await running
    await log[Symbol.asyncDispose]()
  })
  const { broker } = simulator
  await broker.until(() => broker.subscribers === 1)
  return { clock, log, simulator, broker }
}

const burst = { notice: 'swift-bat', trigger: '1190001', raDeg: 83.6, decDeg: 22, errorRadiusDeg: 0.05 }

describe('the alert simulator', () => {
  it('plays notices on the scenario’s times, and a duplicate as often as it is told', async () => {
    const { clock, log, broker } = await played([
      10,
      { time: 2, alertSimulator: { ...burst, times: 2 } },
      { time: 4, alertSimulator: { ...burst, notice: 'swift-xrt' } },
      { time: 3, plcSimulator: { outage: 1 } },
    ])
    await clock.advanceBy(1_500)
    expect(broker.acknowledged).toEqual([])
    await clock.advanceBy(500)
    await broker.until(() => broker.acknowledged.length === 2)
    await clock.advanceBy(2_000)
    await broker.until(() => broker.acknowledged.length === 3)
    expect(broker.acknowledged).toEqual([
      'ivo://nasa.gsfc.gcn/SWIFT#BAT_GRB_Pos_1190001-1',
      'ivo://nasa.gsfc.gcn/SWIFT#BAT_GRB_Pos_1190001-1',
      'ivo://nasa.gsfc.gcn/SWIFT#XRT_Pos_1190001-1',
    ])
    expect(await log.kept()).toHaveLength(2)
  })

  it('an outage and a flood: what is sent in the outage is lost, as VTP loses it, and nothing else', async () => {
    const { clock, log, simulator, broker } = await played([
      20,
      { time: 1, alertSimulator: { outage: 3 } },
      { time: 2, alertSimulator: burst },
      { time: 10, alertSimulator: { flood: 100 } },
    ])
    await clock.advanceBy(5_000)
    await broker.until(() => broker.subscribers === 1)
    await clock.advanceBy(5_000)
    await log.until(100)
    await broker.until(() => broker.acknowledged.length === 100)
    expect(broker.acknowledged).not.toContain('ivo://nasa.gsfc.gcn/SWIFT#BAT_GRB_Pos_1190001-1')
    await clock.advanceBy(10_000)
    expect(await simulator.ended).toBe('lifetime')
  })

  it('an hour angle puts a burst into the sky of the moment', async () => {
    const { clock, log } = await played([
      10,
      { time: 1, alertSimulator: { notice: 'swift-bat', trigger: '7', hourAngleDeg: 0, decDeg: 31 } },
    ])
    await clock.advanceBy(1_000)
    await log.until(1)
    // 04:00:01 UTC on 21 November: the sidereal time at Greenwich is 8 h 3 min, and San Pedro Mártir lies 115.46° west.
    const ra = Number(/<C1>([\d.]+)/.exec((await log.kept())[0]?.raw ?? '')?.[1])
    expect(ra).toBeGreaterThan(4.5)
    expect(ra).toBeLessThan(6.5)
  })

  it.each(noticeKinds)('writes %s as XML that parses, with what makes it that notice', (kind: NoticeKind) => {
    const about = {
      raDeg: 10,
      decDeg: -20,
      errorRadiusDeg: 0.1,
      eventAt: startsAt,
      issuedAt: startsAt,
      serial: 2,
    }
    const document = XmlDocument.fromString(noticeXml({ kind, trigger: 'a<&"', ...about }))
    expect(document.root.name).toBe('VOEvent')
    expect(document.root.attr('ivorn')?.value).toContain('#')
    expect(document.root.attr('ivorn')?.value).toContain('a<&"')
    expect(document.get('//C2')?.content).toBe('-20')
    document.dispose()
  })

  it.each([
    [{ notice: 'swift-bat', trigger: '1', decDeg: 1 }, 'scenario element 1: wants raDeg or hourAngleDeg'],
    [{ notice: 'swift', trigger: '1', raDeg: 1, decDeg: 1 }, 'scenario element 1: notice'],
    [{ flod: 3 }, 'scenario element 1: alertSimulator wants one of notice, file, flood, silence, outage'],
  ])('P24 refuses %j by its index', (entry, sentence) => {
    expect(() => parseAlertScenario([10, { time: 1, alertSimulator: entry }])).toThrow(sentence)
  })
})
