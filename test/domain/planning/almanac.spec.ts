import { describe, expect, it } from 'vitest'
import { nightFor } from '#domain/planning/night.ts'
import { altAzOf } from '#domain/planning/search/setup.ts'
import type { Direction } from '#domain/planning/search/task.ts'
import { airmassAt, altitudeOfAirmass } from '#domain/planning/sky/airmass.ts'
import { whenAbove } from '#domain/planning/sky/altitude.ts'
import { nightSky, sunBelow } from '#domain/planning/sky/night-sky.ts'
import { watchOf } from '#domain/planning/visibility.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'

const radians = Math.PI / 180
const bluffton = {
  id: 'bluffton',
  name: 'Bluffton, Ohio',
  latitudeDeg: 40.8939,
  longitudeDeg: -83.8917,
  elevationM: 0,
  timeZone: 'America/New_York',
}

const secondsOf = (from: string, instant: string): number => (Date.parse(instant) - Date.parse(from)) / 1000

describe('the sky against published values', () => {
  // Skyfield's documentation, "Almanac computation", with JPL's DE421: twilight at Bluffton on 2019-11-08.
  it.each([
    [-18, '2019-11-08T10:40:19Z', '2019-11-08T23:57:44Z'],
    [-12, '2019-11-08T11:12:31Z', '2019-11-08T23:25:34Z'],
    [-6, '2019-11-08T11:45:18Z', '2019-11-08T22:52:48Z'],
    [-0.8333, '2019-11-08T12:14:15Z', '2019-11-08T22:23:52Z'],
  ])('the Sun passes %s° when it does', (below, morning, evening) => {
    const from = '2019-11-08T05:00:00Z'
    const [before, after] = sunBelow(bluffton, Date.parse(from), 86_400, below)
    expect(Math.abs((before?.[1] ?? 0) - secondsOf(from, morning))).toBeLessThan(1.5)
    expect(Math.abs((after?.[0] ?? 0) - secondsOf(from, evening))).toBeLessThan(1.5)
  })

  // The same page: the Galactic Centre above the horizon, refraction of 34' included, on 2020-02-01.
  it('a target rises and sets when it does', () => {
    const from = '2020-02-01T00:00:00Z'
    const sky = nightSky(bluffton, Date.parse(from), 86_400)
    const target = { raDeg: 15 * (17 + 45 / 60 + 40.04 / 3600), decDeg: -(29 + 28.1 / 3600) }
    const { wave } = watchOf(sky).sighting(target)
    const [up] = whenAbove(wave, Math.sin((-34 / 60) * radians), 86_400, sky.rotation)
    expect(Math.abs((up?.[0] ?? 0) - secondsOf(from, '2020-02-01T10:29:00Z'))).toBeLessThan(2)
    expect(Math.abs((up?.[1] ?? 0) - secondsOf(from, '2020-02-01T18:45:46Z'))).toBeLessThan(2)
  })

  // Meeus, Astronomical Algorithms, example 13.b: Venus from Washington; he counts azimuth from south.
  it('altitude and azimuth of an apparent place', () => {
    const washington = { ...bluffton, latitudeDeg: 38.921389, longitudeDeg: -77.065556 }
    const at = Date.parse('1987-04-10T19:21:00Z')
    const { rotation } = nightSky(washington, at, 3600)
    const ra = 15 * (23 + 9 / 60 + 16.641 / 3600) * radians
    const dec = -(6 + 43 / 60 + 11.61 / 3600) * radians
    const venus: Direction = [Math.cos(dec) * Math.cos(ra), Math.cos(dec) * Math.sin(ra), Math.sin(dec)]
    const [altitude, azimuth] = altAzOf(venus, 0, rotation)
    expect(altitude).toBeCloseTo(15.1249, 2)
    expect(azimuth).toBeCloseTo(68.0337 + 180, 2)
  })

  // The same, example 48.a.
  it('the Moon is lit as much as it is', () => {
    const at = Date.parse('1992-04-12T00:00:00Z')
    const { moon } = nightSky(bluffton, at - 3_600_000, 7200)
    expect(moon.illumination).toBeCloseTo(0.6786, 3)
  })

  // Pickering (2002): 38.75 at the horizon, against 38 in Allen's tables.
  it('airmass is finite at the horizon and the secant higher up', () => {
    expect(airmassAt(1e-9)).toBeCloseTo(38.7, 0)
    expect(airmassAt(30)).toBeCloseTo(2, 3)
    expect(altitudeOfAirmass(2)).toBeCloseTo(30, 3)
    expect(altitudeOfAirmass(1)).toBeCloseTo(90, 3)
  })
})

describe('a night', () => {
  it('is the dark time between two noons, named by its evening', () => {
    const { sky, untilS } = nightFor({ site: sanPedroMartir, night: '2026-12-12' })
    expect(new Date(sky.originMs).toISOString().slice(0, 16)).toBe('2026-12-13T01:37')
    expect(new Date(sky.originMs + untilS * 1000).toISOString().slice(0, 16)).toBe('2026-12-13T13:34')
  })

  it('is empty where the Sun does not set', () => {
    const site = { ...bluffton, latitudeDeg: 85 }
    expect(nightFor({ site, night: '2026-06-20' })).toMatchObject({ empty: true, untilS: 0 })
    expect(nightFor({ site, night: '2026-12-20' })).toMatchObject({ empty: false, untilS: 86_399 })
  })
})
