import { describe, expect, it } from 'vitest'
import { phaseTimes } from '#domain/night/sun-phases.ts'
import type { CalibrationFrame } from '#domain/observing/calibration-events.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { restingCamera } from '#test/support/night-histories.ts'
import { type Behaviour, PureNight } from '#test/support/pure-night.ts'

const noon = '2026-11-20T20:00:00.000Z'
const nextNoon = '2026-11-21T20:00:00.000Z'
const times = phaseTimes(sanPedroMartir, '2026-11-20')
const at = (phase: 'evening-flats' | 'focusing' | 'morning-flats' | 'closing', plusS = 0) =>
  addSeconds(times[phase] ?? noon, plusS)

const begun = (behaviour?: Behaviour) => {
  const night = new PureNight(noon, behaviour)
  night.verdict('safe')
  night.open()
  for (const [device, filters] of [
    ['visible-camera', ['r', 'g', 'i']],
    ['infrared-camera', ['J']],
  ] as const) {
    const data = { device, status: restingCamera(filters), faults: [] }
    night.happen(`device-${device}`, { type: 'DeviceStatusRecorded', data })
  }
  return night
}

type Taken = CalibrationFrame & { readonly takenAt: string }

const frames = ({ log }: PureNight, kind: CalibrationFrame['kind']): Taken[] =>
  log
    .filter(({ type }) => type === 'CalibrationFrameAcquired')
    .map(({ data, metadata }) => ({ ...(data as CalibrationFrame), takenAt: metadata.occurredAt }))
    .filter((frame) => frame.kind === kind)

type Asked = { device: string; name: string; parameters: Record<string, unknown> }
const asked = ({ log }: PureNight, name: string): (Asked & { at: string })[] =>
  log
    .filter(({ type, data }) => type === 'DeviceCommandRequested' && (data as Asked).name === name)
    .map(({ data, metadata }) => ({ ...(data as Asked), at: metadata.occurredAt }))

describe('the calibrator', () => {
  it('takes five flats of use through each filter in both twilights, each camera its own', () => {
    const night = begun()
    night.until(nextNoon)
    const flats = frames(night, 'flat').filter(({ usable }) => usable)
    expect(flats).toHaveLength(2 * (3 + 1) * 5)
    expect(flats.filter(({ detector }) => detector === 'infrared')).toHaveLength(10)
    for (const { levelCounts } of flats) expect(Math.abs((levelCounts ?? 0) - 29_000)).toBeLessThan(14_001)
    const times = Map.groupBy(flats, ({ takenAt }) => (takenAt < at('focusing') ? 'evening' : 'morning'))
    for (const { takenAt } of times.get('evening') ?? []) expect(takenAt > at('evening-flats')).toBe(true)
    for (const { takenAt } of times.get('morning') ?? []) {
      expect(takenAt > at('morning-flats') && takenAt < at('closing')).toBe(true)
    }
    expect(new Set(frames(night, 'flat').map(({ file }) => file)).size).toBe(frames(night, 'flat').length)
  })

  it('looks for the even sky: high up, away from the Sun, with the slit behind the telescope', () => {
    const night = begun()
    night.until(at('focusing'))
    const [point] = asked(night, 'point')
    // The Sun sets in the west-south-west in November.
    expect(point?.parameters).toMatchObject({ altitudeDeg: 75, azimuthDeg: expect.closeTo(68, -1) })
    expect(asked(night, 'rotate')[0]?.parameters['azimuthDeg']).toBe(point?.parameters['azimuthDeg'])
  })

  it('exposes longer as it gets darker, and waits in the morning until there is light', () => {
    const night = begun()
    night.until(nextNoon)
    const exposuresS = frames(night, 'flat')
      .filter(({ detector, takenAt }) => detector === 'visible' && takenAt < at('focusing'))
      .map(({ exposureS }) => exposureS)
    expect(exposuresS.slice(2)).toEqual(exposuresS.slice(2).toSorted((a, b) => a - b))
    const [first] = frames(night, 'flat').filter(({ takenAt }) => takenAt > at('morning-flats'))
    expect(first?.usable).toBe(false)
  })

  it('P37 P44 takes biases and darks behind the closed roof when the night is over', () => {
    const night = begun()
    night.until(nextNoon)
    const biases = frames(night, 'bias')
    expect(biases.map(({ detector }) => detector).filter((detector) => detector === 'visible')).toHaveLength(
      10,
    )
    expect(biases).toHaveLength(20)
    expect(frames(night, 'dark').map(({ exposureS }) => exposureS)).toEqual([60, 60, 60, 60, 60, 60])
    for (const { takenAt } of biases) expect(takenAt > at('closing')).toBe(true)
  })

  it('breaks off when observing is suspended, and begins again when it is resumed in time', () => {
    const night = begun()
    night.until(at('evening-flats', 25))
    night.verdict('unsafe')
    const taken = frames(night, 'flat').length
    night.until(at('evening-flats', 120))
    expect(frames(night, 'flat').length).toBeLessThanOrEqual(taken + 2)
    expect(asked(night, 'abort').map(({ device }) => device)).toEqual(['visible-camera', 'infrared-camera'])
    night.verdict('safe')
    night.until(at('focusing'))
    expect(frames(night, 'flat').length).toBeGreaterThan(taken + 10)
  })

  it('breaks off when a person takes over', () => {
    const night = begun()
    night.until(at('evening-flats', 25))
    night.mode('manual')
    const count = asked(night, 'expose').length
    night.until(nextNoon)
    expect(asked(night, 'abort')).toHaveLength(2)
    expect(asked(night, 'expose').length).toBe(count)
  })

  it('a camera that fails is let be; the other goes on', () => {
    const night = begun(({ device, parameters }) =>
      device === 'infrared-camera'
        ? { afterS: 3, fails: 'no answer' }
        : { afterS: Number(parameters['exposureS'] ?? 3) + 2 },
    )
    night.until(at('focusing'))
    expect(frames(night, 'flat').filter(({ usable }) => usable)).toHaveLength(15)
    expect(asked(night, 'set-filter').filter(({ device }) => device === 'infrared-camera')).toHaveLength(1)
  })
})
