import { describe, expect, it } from 'vitest'
import { shippedStatus } from '#simulators/plc-status.ts'
import { momentAt, parseScenario, ScenarioError } from '#simulators/scenario.ts'
import { parseTimeline } from '#simulators/timeline.ts'

const plc = (time: number, plcSimulator: unknown) => ({ time, plcSimulator })
const rain = (time: number, value: number) =>
  plc(time, { device_name: 'WXT520', value_name: 'RainRate', value })
const refusal = (json: unknown): ScenarioError => {
  try {
    parseScenario(json)
  } catch (error) {
    if (error instanceof ScenarioError) return error
    throw error
  }
  throw new Error('it was taken')
}

describe('a scenario', () => {
  it('P18 entries may share a time, and need not be in order of it', () => {
    const scenario = parseScenario([10, rain(7, 0), rain(3, 5), rain(3, 12)])
    const rainAt = (i: number) => momentAt(scenario, i).status.device[0]?.values[3]?.value
    expect([2, 3, 6, 7].map(rainAt)).toEqual([0, 12, 12, 0])
  })

  it('P21 takes its own key only, and leaves those of the other simulators to them', () => {
    const json = [
      200,
      { time: 1, userSimulator: 'routine_request_01.xml' },
      { time: 2, alertSimulator: { whatever: 1 } },
      rain(80, 12),
    ]
    expect(parseScenario(json).changes).toHaveLength(1)
    expect(parseTimeline(json).entries.filter(({ simulator }) => simulator === 'userSimulator')).toEqual([
      { index: 1, time: 1, simulator: 'userSimulator', does: 'routine_request_01.xml' },
    ])
  })

  it('P23 an outage lasts its iterations and no longer', () => {
    const scenario = parseScenario([10, plc(2, { outage: 3 })])
    expect([1, 2, 4, 5].map((i) => momentAt(scenario, i).reachable)).toEqual([true, false, false, true])
  })

  it('a bad reply lasts its iterations, and the later of two wins', () => {
    const scenario = parseScenario([
      10,
      plc(1, { reply: 'half', for: 4 }),
      plc(2, { reply: 'silent', for: 1 }),
    ])
    expect([0, 1, 2, 3, 5].map((i) => momentAt(scenario, i).mode)).toEqual([
      'well',
      'half',
      'silent',
      'half',
      'well',
    ])
  })

  it('starts from the status its head names, else from the one it is given, else from that of PYROS', () => {
    const demo = shippedStatus('demo')
    expect(parseScenario([10]).status).toEqual(shippedStatus('pyros'))
    expect(parseScenario([10], { status: demo }).status).toEqual(demo)
    expect(parseScenario([{ iterations: 10, status: 'demo' }]).status).toEqual(demo)
  })

  it('does not change the status it was given', () => {
    const status = shippedStatus('pyros')
    momentAt(parseScenario([10, rain(0, 12)], { status }), 0)
    expect(status).toEqual(shippedStatus('pyros'))
  })

  it.for([
    [{}, null, 'must be an array'],
    [[], null, 'must be an array'],
    [[0], 0, 'iterations: '],
    [
      [{ iterations: 5, forever: true }],
      0,
      'Unrecognized key: "forever" (allowed: iterations, repeat, status, clock, wander, seed)',
    ],
    [[10, 5], 1, 'expected object'],
    [[10, rain(1, 2), { time: 2 }], 2, 'exactly one of plcSimulator, userSimulator, alertSimulator'],
    [[10, { time: 2, plcSimulator: { outage: 1 }, userSimulator: 'x.xml' }], 1, 'exactly one of'],
    [
      [10, { time: 2, ovenSimulator: {} }],
      1,
      'Unrecognized key: "ovenSimulator" (allowed: time, plcSimulator, ',
    ],
    [[10, rain(-1, 2)], 1, 'time: '],
    [[10, rain(10, 2)], 1, 'time 10 never comes: the last iteration is 9'],
    [[10, plc(1, 'rain')], 1, 'expected record'],
    [[10, plc(1, {})], 1, 'plcSimulator wants one of device_name (with value_name'],
    [
      [10, plc(1, { device_name: 'WXT521', value_name: 'RainRate', value: 1 })],
      1,
      'no device "WXT521" (allowed: WXT520, DRD11, VantagePro, MLX90614-1, ',
    ],
    [
      [10, plc(1, { device_name: 'DRD11', value_name: 'RainRate', value: 1 })],
      1,
      'DRD11 has no value "RainRate" (allowed: analog, digital)',
    ],
    [[10, plc(1, { device_name: 'DRD11', value_name: 'analog' })], 1, 'wants a value, a unit or both'],
    [
      [10, plc(1, { device_name: 'DRD11', value_name: 'analog', val: 1, value: 2 })],
      1,
      'Unrecognized key: "val" (allowed: device_name, value_name, value, unit)',
    ],
    [[10, plc(1, { device_name: 'DRD12', valid: 'no' })], 1, 'no device "DRD12"'],
    [[10, plc(1, { outage: 0 })], 1, 'outage: '],
    [[10, plc(1, { reply: 'slow', for: 2 })], 1, '"not-json"|"half"|"silent"|"glued"'],
    [[10, plc(1, { reply: 'half' })], 1, 'for: '],
    [[10, plc(1, { device: { name: 'SKYCAM' } })], 1, 'device.type: '],
    [
      [10, plc(1, { device: { name: 'DRD11', type: '', serial_number: '', valid: '', values: [] } })],
      1,
      '"DRD11" is there already',
    ],
  ] as const)('P24 refuses %j at %s: %s', ([json, index, words]) => {
    const error = refusal(json)
    expect(error.index).toBe(index)
    expect(error.message).toContain(index === null ? 'the scenario: ' : `scenario element ${index}: `)
    expect(error.message).toContain(words)
  })

  it('P24 a device may be spoken of after the entry that adds it, not before', () => {
    const device = {
      name: 'SKYCAM',
      type: 'camera',
      serial_number: 'new',
      valid: 'yes',
      values: [{ name: 'Stars', value: 9, unit: 'count' }],
    }
    const dimmed = (time: number) => plc(time, { device_name: 'SKYCAM', value_name: 'Stars', value: 0 })
    expect(parseScenario([10, plc(2, { device }), dimmed(3)]).changes).toHaveLength(2)
    expect(refusal([10, plc(2, { device }), dimmed(1)]).index).toBe(2)
  })
})
