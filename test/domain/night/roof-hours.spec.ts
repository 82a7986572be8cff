import { Body, Equator, Horizon, Observer } from 'astronomy-engine'
import { describe, expect, it } from 'vitest'
import { roofHours } from '#domain/night/roof-hours.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'

const altitude = (site: typeof sanPedroMartir, at: string): number => {
  const observer = new Observer(site.latitudeDeg, site.longitudeDeg, site.elevationM)
  const { ra, dec } = Equator(Body.Sun, new Date(at), observer, true, true)
  return Horizon(new Date(at), observer, ra, dec).altitude
}

const longyearbyen = {
  ...sanPedroMartir,
  latitudeDeg: 78.2,
  longitudeDeg: 15.6,
  elevationM: 10,
  timeZone: 'Arctic/Longyearbyen',
}

describe('the hours in which the sun lets the roof be open', () => {
  it.each(['2026-11-20', '2026-06-21', '2026-03-07', '2026-10-31'])(
    'go from -4° in the evening to 0° in the morning on %s',
    (night) => {
      const hours = roofHours(sanPedroMartir, night)
      expect(altitude(sanPedroMartir, hours?.from ?? '')).toBeCloseTo(-4, 2)
      expect(altitude(sanPedroMartir, hours?.to ?? '')).toBeCloseTo(0, 2)
      expect(hours && hours.to > hours.from).toBe(true)
    },
  )

  it('are all of a polar night, and none where the sun stays up', () => {
    expect(roofHours(longyearbyen, '2026-12-20')).toEqual({
      from: '2026-12-20T11:00:00.000Z',
      to: '2026-12-21T11:00:00.000Z',
    })
    expect(roofHours(longyearbyen, '2026-06-21')).toBeNull()
  })
})
