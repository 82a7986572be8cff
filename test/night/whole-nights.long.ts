import { test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { nightNamed } from '#simulators/night-file.ts'
import { parseNightScenario } from '#simulators/night-scenario.ts'
import { broken, lived } from '../support/simulated-night.ts'
import { nightOf, troubles } from '../support/troubled-nights.ts'

const hour = 3_600_000

describe('whole nights', { timeout: hour }, () => {
  it('a clear night goes from its opening to its closing and has nothing to tell but observations', async () => {
    expect(broken(await lived(nightNamed('clear-night', { site: sanPedroMartir })))).toEqual([])
  })

  it('everything at once is as it expects, twice the same, and never open when it should not', async () => {
    const scenario = nightNamed('everything-at-once', { site: sanPedroMartir })
    const [once, twice] = [await lived(scenario), await lived(scenario)]
    expect(broken(once)).toEqual([])
    expect(once.unsafeOpenS).toBe(0)
    expect(twice.rootHash).toBe(once.rootHash)
  })

  test.prop([troubles], { numRuns: 40 })(
    'whatever the weather and the faults, the dome is not open under a bad verdict',
    async (happens) => {
      const scenario = parseNightScenario(nightOf(happens), { site: sanPedroMartir, folder: '.' })
      expect((await lived(scenario)).unsafeOpenS).toBe(0)
    },
  )
})
