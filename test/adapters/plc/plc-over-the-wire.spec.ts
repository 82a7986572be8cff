import { describe, expect, it, onTestFinished } from 'vitest'
import { openPlc } from '#adapters/plc/plc-client.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { PlcReplyInvalid, PlcUnreachable } from '#commands/environment/plc.ts'
import { PlcSimulator } from '#simulators/plc.ts'
import type { ReplyMode } from '#simulators/plc-change.ts'
import { parseScenario, type Scenario } from '#simulators/scenario.ts'
import { scenarioNamed } from '#simulators/scenario-file.ts'

const startsAt = Date.UTC(2026, 10, 21, 20)

/** The client and the simulator, joined by a real socket. */
const joined = async (scenario: Scenario) => {
  const clock = new VirtualClock(startsAt)
  const simulator = new PlcSimulator({ clock, scenario })
  const plc = openPlc({ ...(await simulator.listen({ port: 0 })), timeoutMs: 100 })
  onTestFinished(async () => {
    plc.close()
    await simulator.stop()
  })
  const outcome = () =>
    plc.status().then(
      () => 'answered',
      (error: unknown) => {
        if (error instanceof PlcUnreachable) return `unreachable at ${error.phase}`
        if (error instanceof PlcReplyInvalid) return error.reason
        throw error
      },
    )
  return { clock, plc, outcome, simulator }
}

describe('the PLC client and the simulated PLC', () => {
  it('P2, P3, P4 the status of PYROS, whole', async () => {
    const { plc } = await joined(parseScenario([10]))
    const { source, devices } = await plc.status()
    expect(source).toEqual({
      from: 'Beckhoff',
      firmware: '20170809',
      site: 'OSM-Mexico',
      date: '2017-03-03T13:45:00',
    })
    expect(devices.map(({ name, serialNumber, valid }) => [name, serialNumber, valid])).toEqual([
      ['WXT520', '14656423', 'yes'],
      ['DRD11', 'RET6789', 'yes'],
      ['VantagePro', 'ERTRY2344324', 'no'],
      ['MLX90614-1', 'Unknown', 'yes'],
      ['LAMP_FLAT_CAGIRE', 'REF_3434', 'yes'],
      ['LAMP FLAT CAGIRE', 'REF_3434', 'yes'],
    ])
    expect(devices[2]?.values[8]).toEqual({
      name: 'WindDirCardinal',
      value: 'SW',
      unit: 'string',
      comment: '',
    })
  })

  it.for([
    ['not-json', 'INVALID_JSON'],
    ['half', 'INVALID_JSON'],
    ['wrong-shape', 'WRONG_SHAPE'],
    ['too-large', 'TOO_LARGE'],
    ['silent', 'unreachable at reply'],
    ['reset', 'unreachable at reply'],
    ['glued', 'answered'],
    ['split', 'answered'],
  ] satisfies [ReplyMode, string][])(
    'P5, P14 a PLC that answers %s: %s; then all is well again',
    async ([mode, expected]) => {
      const { clock, outcome } = await joined(
        parseScenario([10, { time: 1, plcSimulator: { reply: mode, for: 1 } }]),
      )
      const outcomes = [await outcome()]
      await clock.advanceBy(1000)
      outcomes.push(await outcome())
      await clock.advanceBy(1000)
      outcomes.push(await outcome())
      expect(outcomes).toEqual(['answered', expected, 'answered'])
    },
  )

  it('P51 the PLC is gone for 20 s and comes back: the same client polls on', async () => {
    const { clock, outcome } = await joined(scenarioNamed('plc-outage'))
    const outcomes: string[] = []
    const poll = async () => {
      for (let due = startsAt + 500; due < startsAt + 40_000; due += 2000) {
        await clock.sleepUntil(due)
        outcomes.push(await clock.holding('poll', outcome))
      }
    }
    const polling = poll()
    await clock.advanceBy(40_000)
    await polling
    // At 0.5 to 8.5 s, 10.5 to 28.5 s, 30.5 to 38.5 s.
    expect(outcomes).toEqual([
      ...Array(5).fill('answered'),
      ...Array(10).fill('unreachable at connect'),
      ...Array(5).fill('answered'),
    ])
  })

  it('P19 after its lifetime nobody answers', async () => {
    const { clock, outcome, simulator } = await joined(scenarioNamed('pyros-plc'))
    expect(await outcome()).toBe('answered')
    await clock.advanceBy(10_000)
    expect(await simulator.ended).toBe('lifetime')
    expect(await outcome()).toBe('unreachable at connect')
  })

  it('two minutes with a hostile PLC: every poll is settled, and the last is answered', async () => {
    const { clock, outcome } = await joined(scenarioNamed('hostile'))
    const outcomes: string[] = []
    for (let s = 0; s < 120; s += 2) {
      outcomes.push(await outcome())
      await clock.advanceBy(2000)
    }
    expect(new Set(outcomes)).toEqual(
      new Set([
        'answered',
        'INVALID_JSON',
        'WRONG_SHAPE',
        'TOO_LARGE',
        'unreachable at reply',
        'unreachable at connect',
      ]),
    )
    expect(outcomes.at(-1)).toBe('answered')
  })
})
