import { Body, Equator, Horizon, Illumination, Observer, SiderealTime } from 'astronomy-engine'
import { describe, expect, it } from 'vitest'
import {
  horizontalOf,
  moonLit,
  moonOf,
  onDisc,
  siderealDeg,
  sunOf,
} from '#api/web/page/panels/sky/coordinates.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'

const observer = new Observer(
  sanPedroMartir.latitudeDeg,
  sanPedroMartir.longitudeDeg,
  sanPedroMartir.elevationM,
)
const instants = [
  '2026-01-03T04:00:00Z',
  '2026-05-20T09:30:00Z',
  '2026-11-21T10:00:00Z',
  '2031-08-01T00:00:00Z',
].map((text) => Date.parse(text))

const apart = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180)

describe('the drawn sky', () => {
  it.each(instants)('knows the sidereal time at %i to a hundredth of a degree', (ms) => {
    const exact = SiderealTime(new Date(ms)) * 15 + sanPedroMartir.longitudeDeg
    expect(apart(siderealDeg(ms, sanPedroMartir.longitudeDeg), exact)).toBeLessThan(0.01)
  })

  it.each(instants)('has altitude and azimuth at %i right to a tenth of a degree', (ms) => {
    for (const [raDeg, decDeg] of [
      [83.6, 22],
      [210, -20],
      [300, 62],
    ] as const) {
      const exact = Horizon(new Date(ms), observer, raDeg / 15, decDeg)
      const drawn = horizontalOf({ raDeg, decDeg }, sanPedroMartir, ms)
      expect(Math.abs(drawn.altitudeDeg - exact.altitude)).toBeLessThan(0.1)
      expect(apart(drawn.azimuthDeg, exact.azimuth)).toBeLessThan(0.3)
    }
  })

  it.each(instants)('has Sun and Moon at %i where they are, seen from the middle of the Earth', (ms) => {
    const at = (body: Body) => Equator(body, new Date(ms), observer, true, true)
    const sun = sunOf(ms)
    expect(apart(sun.raDeg, at(Body.Sun).ra * 15)).toBeLessThan(0.05)
    const moon = moonOf(ms)
    // Who stands on the Earth sees the Moon up to a degree beside.
    expect(apart(moon.raDeg, at(Body.Moon).ra * 15)).toBeLessThan(1.5)
    expect(Math.abs(moon.decDeg - at(Body.Moon).dec)).toBeLessThan(1.3)
    expect(Math.abs(moonLit(ms) - Illumination(Body.Moon, new Date(ms)).phase_fraction)).toBeLessThan(0.02)
  })

  it('has north up and east left, the zenith in the middle and the horizon around it', () => {
    const near = { x: expect.closeTo(0, 9), y: expect.closeTo(0, 9) }
    expect(onDisc({ altitudeDeg: 90, azimuthDeg: 123 })).toEqual(near)
    expect(onDisc({ altitudeDeg: 0, azimuthDeg: 0 })).toEqual({ ...near, y: -1 })
    expect(onDisc({ altitudeDeg: 0, azimuthDeg: 90 })).toEqual({ ...near, x: -1 })
  })
})
