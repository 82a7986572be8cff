import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { type PlcStatus, shippedStatus } from '#simulators/plc-status.ts'
import { momentAt, ScenarioError } from '#simulators/scenario.ts'
import { scenarioNamed, scenarioPath, shippedScenarioNames } from '#simulators/scenario-file.ts'
import { wandered } from '#simulators/wander.ts'

const demo = shippedStatus('demo')

const numberIn = (status: PlcStatus, device: string, name: string): number => {
  const found = status.device.find((each) => each.name === device)?.values.find((each) => each.name === name)
  if (typeof found?.value === 'number') return found.value
  throw new Error(`${device} has no number ${name}`)
}

const everyNumber = (status: PlcStatus) =>
  status.device.flatMap(({ name, values }) =>
    values.flatMap((value) =>
      typeof value.value === 'number' ? [{ name: `${name} ${value.name}`, value: value.value }] : [],
    ),
  )

describe('the scenarios that come with Noctuary', () => {
  it.for(shippedScenarioNames().map((name) => [name]))('%s can be played', ([name]) => {
    expect(scenarioNamed(name ?? '').iterations).toBeGreaterThan(0)
  })

  it('a bare name is a shipped one, anything else a path', () => {
    expect(shippedScenarioNames()).toEqual(['demo', 'hostile', 'plc-outage', 'pyros-plc', 'pyros-users'])
    expect(scenarioPath('demo')).toMatch(/simulators\/scenarios\/demo\.json$/)
    expect(scenarioPath('./demo')).toBe('./demo')
    expect(momentAt(scenarioNamed(scenarioPath('demo')), 300)).toEqual(momentAt(scenarioNamed('demo'), 300))
  })

  it('one that is not there is refused with the names of those that are', () => {
    for (const missing of ['storm', '/nowhere/storm.json']) {
      expect(() => scenarioNamed(missing)).toThrow(ScenarioError)
      expect(() => scenarioNamed(missing)).toThrow(
        `the scenario: ${missing}: not found. Give a path, or one of those that come with Noctuary: demo, hostile, plc-outage, pyros-plc, pyros-users`,
      )
    }
    expect(() => scenarioNamed(import.meta.filename)).toThrow(/shipped-scenarios\.spec\.ts is not JSON/)
  })

  it('W12 plc-outage is away for 20 iterations', () => {
    const scenario = scenarioNamed('plc-outage')
    const away = Array.from({ length: scenario.iterations }, (_, i) => i).filter(
      (i) => !momentAt(scenario, i).reachable,
    )
    expect(away).toEqual(Array.from({ length: 20 }, (_, i) => i + 10))
  })

  it('hostile does everything that a PLC should not', () => {
    const scenario = scenarioNamed('hostile')
    const moments = Array.from({ length: scenario.iterations }, (_, i) => momentAt(scenario, i))
    expect(new Set(moments.map(({ mode }) => mode))).toEqual(
      new Set(['well', 'not-json', 'half', 'silent', 'glued', 'split', 'reset', 'wrong-shape', 'too-large']),
    )
    expect(moments.filter(({ reachable }) => !reachable)).toHaveLength(10)
  })
})

describe('the demonstration', () => {
  const scenario = scenarioNamed('demo')
  const rainAt = (i: number) => numberIn(momentAt(scenario, i).status, 'WXT520', 'RainRate')

  it('starts calm, has rain and a gale in every round, then stays dry for longer than the roof waits, and plays for ever', () => {
    expect(scenario).toMatchObject({ repeat: true, clock: 'advancing', wander: true, status: demo })
    // 1,200 s without rain before the roof may open (spec of the limits), with the gale's end before that.
    expect(scenario.iterations - 405 + 270).toBeGreaterThan(1_200 + 600)
    const round = Array.from({ length: scenario.iterations }, (_, i) => i)
    expect(momentAt(scenario, 0)).toEqual({ reachable: true, mode: 'well', status: demo })
    expect(momentAt(scenario, scenario.iterations)).toEqual(momentAt(scenario, 0))
    expect(round.filter((i) => rainAt(i) > 0)).toEqual(Array.from({ length: 135 }, (_, i) => i + 270))
    const wind = round.map((i) => numberIn(momentAt(scenario, i).status, 'WXT520', 'WindSpeed'))
    expect(Math.max(...wind)).toBeGreaterThan(50 / 3.6)
  })

  it('all rain sensors agree, wet and dry', () => {
    for (let i = 0; i < scenario.iterations; i += 1) {
      const { status } = momentAt(scenario, i)
      const wet = rainAt(i) > 0
      expect(numberIn(status, 'VantagePro', 'RainRate') > 0).toBe(wet)
      expect(numberIn(status, 'DRD11', 'digital')).toBe(wet ? 0 : 1)
      expect(numberIn(status, 'DRD11', 'analog') < 2.5).toBe(wet)
    }
  })

  test.prop([fc.nat(10_000_000), fc.nat()])(
    'is comfortably safe while calm, however its values wander',
    (i, seed) => {
      const calm = wandered(demo, i, seed)
      for (const station of ['WXT520', 'VantagePro']) {
        const [temperature, dewPoint] = [
          numberIn(calm, station, 'OutsideTemp'),
          numberIn(calm, station, 'DewPoint'),
        ]
        expect(temperature).toBeGreaterThan(10)
        expect(temperature).toBeLessThan(15)
        expect(temperature - dewPoint).toBeGreaterThan(8)
        expect(numberIn(calm, station, 'OutsideHumidity')).toBeLessThan(55)
        expect(numberIn(calm, station, 'WindSpeed')).toBeLessThan(5)
        expect(numberIn(calm, station, 'RainRate')).toBe(0)
      }
      expect(numberIn(calm, 'MLX90614-1', 'SkyTemperature')).toBeLessThan(-22)
      expect(numberIn(calm, 'DRD11', 'analog')).toBeGreaterThan(2.9)
      expect(numberIn(calm, 'UPS', 'Charge')).toBe(100)
      expect(wandered(demo, i, seed)).toEqual(calm)
    },
  )

  it('no measured value stands still for 60 iterations, and none jumps', () => {
    const measured = /Temp|Humidity|Pressure|Wind(Speed|Dir)|DewPoint|analog/
    const rounds = Array.from({ length: 1200 }, (_, i) => everyNumber(wandered(demo, i, 1)))
    for (const [n, { name, value: first }] of (rounds[0] ?? []).entries()) {
      const values = rounds.map((round) => round[n]?.value ?? Number.NaN)
      const steps = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? Number.NaN)))
      const changes = [0, ...steps.flatMap((step, i) => (step > 0 ? [i] : [])), 1200]
      const longestRest = Math.max(...changes.slice(1).map((at, i) => at - (changes[i] ?? 0)))
      if (measured.test(name)) expect(longestRest, name).toBeLessThan(60)
      else expect(new Set(values), name).toEqual(new Set([first]))
      expect(Math.max(...steps), name).toBeLessThan(1)
    }
  })

  it('two seeds wander differently', () => {
    expect(wandered(demo, 100, 1)).not.toEqual(wandered(demo, 100, 2))
  })
})
