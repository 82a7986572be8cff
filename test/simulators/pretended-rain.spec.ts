import { describe, expect, it } from 'vitest'
import { shippedStatus } from '#simulators/plc-status.ts'
import { PretendedRain } from '#simulators/pretended-rain.ts'

const rainOf = (rain: PretendedRain, nowMs: number) =>
  rain
    .over(shippedStatus('demo'), nowMs)
    .device.flatMap(({ values }) =>
      values.filter(({ name }) => name === 'RainRate').map(({ value }) => value),
    )

describe('W3 rain that is pretended', () => {
  it('falls on every sensor for as long as it was asked for, and then no more', () => {
    const rain = new PretendedRain()
    expect(rain.tell({ rainMmH: 5, forS: 10 }, 1000)).toBeNull()
    expect([rainOf(rain, 1000), rainOf(rain, 10_999), rainOf(rain, 11_000)]).toEqual([
      [5, 5],
      [5, 5],
      [0, 0],
    ])
  })

  it('ends at once with none', () => {
    const rain = new PretendedRain()
    rain.tell({ rainMmH: 5, forS: 10 }, 0)
    rain.tell({ rainMmH: 0, forS: 1 }, 2000)
    expect(rainOf(rain, 2000)).toEqual([0, 0])
  })

  it.each([{}, { rainMmH: -1, forS: 5 }, { rainMmH: 1, forS: 4000 }])('is refused as %j', (parameters) => {
    const rain = new PretendedRain()
    expect(rain.tell(parameters, 0)).toMatchObject({ code: 'bad_parameters' })
    expect(rainOf(rain, 1)).toEqual([0, 0])
  })
})
