import { describe, expect, it } from 'vitest'
import { phaseTimes } from '#domain/night/sun-phases.ts'
import { sanPedroMartir as site } from '#domain/shared/site.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { nightNamed, shippedNightNames } from '#simulators/night-file.ts'
import { parseNightScenario } from '#simulators/night-scenario.ts'
import { momentAt, ScenarioError } from '#simulators/scenario.ts'
import { scenarioJson } from '#simulators/scenario-file.ts'

const read = (json: unknown) => parseNightScenario(json, { site, folder: import.meta.dirname })
const refusal = (json: unknown): string => {
  try {
    read(json)
  } catch (error) {
    if (error instanceof ScenarioError) return error.message
    throw error
  }
  throw new Error('it was not refused')
}

describe('a scenario of a whole night', () => {
  it.for(shippedNightNames().map((name) => [name]))(
    '%s, as it comes with Noctuary, can be read',
    ([name]) => {
      expect(nightNamed(name ?? '', { site }).about).not.toBe('')
    },
  )

  it('has its moments by the phase, by the clock at the site, by the second and in UTC', () => {
    const observing = epochMsOf(phaseTimes(site, '2026-12-12').observing ?? '')
    const { startsAtMs, people } = read({
      start: 'observing-600',
      end: 'observing+7200',
      happens: [
        { at: 'observing+60', person: { mode: 'manual' } },
        { at: 90, person: { mode: 'manual' } },
        { at: '18:00', person: { mode: 'manual' } },
        { at: '2026-12-13T02:30:00Z', person: { mode: 'manual' } },
      ],
    })
    expect(Math.abs(startsAtMs - (observing - 600_000))).toBeLessThanOrEqual(500)
    const times = people.map(({ time }) => startsAtMs + time * 1000)
    expect(times).toEqual([
      startsAtMs + 90_000,
      startsAtMs + 660_000,
      Math.round((Date.UTC(2026, 11, 13, 2) - startsAtMs) / 1000) * 1000 + startsAtMs,
      Math.round((Date.UTC(2026, 11, 13, 2, 30) - startsAtMs) / 1000) * 1000 + startsAtMs,
    ])
  })

  it('says the weather once, and every sensor that feels it agrees', () => {
    const { plc } = read({ happens: [{ at: 10, weather: { rainMmH: 3 } }] })
    const values = momentAt(plc, 11).status.device.flatMap(({ name, values: each }) =>
      each.map(({ name: value, value: is }) => [`${name} ${value}`, is]),
    )
    expect(Object.fromEntries(values)).toMatchObject({
      'WXT520 RainRate': 3,
      'VantagePro RainRate': 3,
      'DRD11 digital': 0,
    })
  })

  it("P18 takes PYROS's form too, an iteration a second, from the beginning of observing", () => {
    const night = read(scenarioJson('pyros-plc'))
    const phase = epochMsOf(phaseTimes(site, '2026-12-12').observing ?? '')
    expect(Math.abs(night.startsAtMs - phase)).toBeLessThanOrEqual(500)
    expect((night.endsAtMs - night.startsAtMs) / 1000).toBe(10)
    expect(momentAt(night.plc, 4)).not.toEqual(momentAt(night.plc, 8))
  })

  it('P24 refuses what it does not know, and says where it is and what would be right', () => {
    expect(refusal({ whether: 1 })).toContain('whether')
    expect(refusal({ happens: [{ at: 1, wether: {} }] })).toMatch(/happens\[0\]: .*wether/)
    expect(refusal({ happens: [{ at: 1 }] })).toMatch(/happens\[0\]: wants "at" and exactly one of weather/)
    expect(refusal({ happens: [{ at: 'dusk+5', weather: {} }] })).toMatch(
      /happens\[0\]: there is no phase "dusk" \(allowed: opening/,
    )
    expect(refusal({ happens: [{ at: 9e5, weather: {} }] })).toMatch(/happens\[0\]: at: .*not between/)
    expect(refusal({ happens: [{ at: 1, weather: { rain: 1 } }] })).toMatch(/happens\[0\]: .*rain/)
    expect(
      refusal({
        happens: [
          { at: 1, weather: { rainMmH: 1 } },
          { at: 2, plcSimulator: { device_name: 'WXT5', value_name: 'RainRate', value: 1 } },
        ],
      }),
    ).toMatch(/happens\[1\]: there is no device "WXT5" \(allowed: WXT520/)
    expect(refusal({ happens: [{ at: 1, domeSimulator: { fault: 'bored' } }] })).toMatch(
      /happens\[0\]: .*fault/,
    )
    expect(refusal({ happens: [{ at: 1, person: { submit: 'gone.xml' } }] })).toMatch(
      /happens\[0\]: there is no request file gone.xml/,
    )
    expect(refusal({ expect: { unsafeOpen: 1 } })).toContain('unsafeOpen')
    expect(refusal({ start: 'observing', end: 'opening' })).toBe(
      'the scenario: end: it is not after the start',
    )
  })
})
