import { describe, expect, it } from 'vitest'
import { InvalidSafetyOverride, safetyRules } from '#domain/environment/limits.ts'

describe('overriding a limit', () => {
  it('replaces it and no other, and says so in the version', () => {
    const { rulesVersion, limits } = safetyRules({ wind: { unsafeMs: 12, goodForS: 900 } })
    expect(rulesVersion).toMatch(/^safety-1\+[0-9a-f]{8}$/)
    expect(limits.wind).toMatchObject({ high: { unsafe: { op: '>=', at: 12 } }, goodForS: 900 })
    expect({ ...limits, wind: safetyRules().limits.wind }).toEqual(safetyRules().limits)
  })

  it('names both ends of a limit that has two', () => {
    const { temperature } = safetyRules({ temperature: { unsafeBelowC: -5, unsafeAboveC: 35 } }).limits
    expect([temperature.low?.unsafe.at, temperature.high?.unsafe.at]).toEqual([-5, 35])
  })

  it('gives the same version to the same override however it is written', () => {
    const one = safetyRules({ wind: { unsafeMs: 12, goodForS: 900 }, rain: { goodForS: 1800 } })
    const other = safetyRules({ rain: { goodForS: 1800 }, wind: { goodForS: 900, unsafeMs: 12 } })
    expect(one.rulesVersion).toBe(other.rulesVersion)
    expect(safetyRules({ wind: { unsafeMs: 12.5 } }).rulesVersion).not.toBe(
      safetyRules({ wind: { unsafeMs: 12 } }).rulesVersion,
    )
  })

  it.each([[undefined], [{}], [{ wind: {} }]])('nothing changes by %o', (overrides) => {
    expect(safetyRules(overrides)).toEqual(safetyRules())
    expect(safetyRules(overrides).rulesVersion).toBe('safety-1')
  })

  it.each<[unknown, string]>([
    [{ wnd: {} }, 'wnd: no such quantity; there are rain, wind,'],
    [{ wind: { unsafe: 3 } }, 'wind.unsafe: no such limit; wind has unsafeMs, safeMs,'],
    [{ temperature: { unsafeC: 3 } }, 'temperature.unsafeC: no such limit; temperature has unsafeAboveC,'],
    [{ wind: { unsafeMs: '12' } }, 'wind.unsafeMs: Invalid input: expected number, received string'],
    [{ wind: { unsafeMs: Number.NaN } }, 'wind.unsafeMs: Invalid input: expected number, received NaN'],
    [{ wind: 12 }, 'wind: Invalid input: expected record, received number'],
    [[], '(all of it): Invalid input: expected record, received array'],
    [{ wind: { unsafeMs: 7 } }, 'wind: safe again at 8.3'],
    [{ wind: { unsafeMs: 15 } }, 'wind: unsafe at once at 13.8'],
    [{ skyTemperature: { neutralC: -10 } }, 'skyTemperature: the neutral value -10 must be below'],
    [{ rain: { goodForS: -1 } }, 'rain.goodForS: -1 s; at least 0 s is needed'],
    [{ rain: { staleAfterS: 0 } }, 'rain.staleAfterS: 0 s; at least 1 s is needed'],
    [{ ice: { goodForS: 600 } }, 'ice.afterUnknownS: 1200 s is longer than goodForS, 600 s'],
  ])('refuses %j, saying where and why', (overrides, message) => {
    expect(() => safetyRules(overrides)).toThrow(InvalidSafetyOverride)
    expect(() => safetyRules(overrides)).toThrow(`safety override ${message}`)
  })
})
