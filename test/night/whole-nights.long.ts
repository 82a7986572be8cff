import { test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { nightNamed } from '#simulators/night-file.ts'
import { parseNightScenario } from '#simulators/night-scenario.ts'
import { broken, lived, reportOf } from '#test/support/simulated-night.ts'
import { nightOf, troubles } from '#test/support/troubled-nights.ts'

const timeout = 600_000

describe('whole nights', () => {
  it('a clear one goes from its opening to its closing with nothing to tell but observations', {
    timeout,
  }, async () => {
    const night = await lived(nightNamed('clear-night', { site: sanPedroMartir }))
    expect(broken(night)).toEqual([])
    const { course, observing, devices } = reportOf(night)
    expect(course.phases.map(({ phase }) => phase)).toEqual([
      'opening',
      'evening-flats',
      'focusing',
      'observing',
      'morning-flats',
      'closing',
      'calibrations',
      'day',
    ])
    expect(observing.observations.map(({ outcome }) => outcome)).toEqual(Array(12).fill('finished'))
    expect(observing.missed).toEqual([])
    expect(devices).toMatchObject({ problems: [], links: [], alarms: [] })
  })

  test.prop([troubles], { numRuns: 12 })(
    'whatever the weather and the faults, the dome is not open under a bad verdict',
    async (happens) => {
      const scenario = parseNightScenario(nightOf(happens), { site: sanPedroMartir, folder: '.' })
      expect((await lived(scenario)).unsafeOpenS).toBe(0)
    },
    timeout,
  )
})
