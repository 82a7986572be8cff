import { describe, expect, it } from 'vitest'
import { freshEventStore } from '#test/support/event-store.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import { goldenTables } from '#test/support/pyros.ts'
import { startSpine } from '#test/support/spine.ts'

type Row = Record<string, unknown> & { id: number; global_status: string }

const withoutIdAndTime = ({ id: _id, updated: _updated, site: _site, ...row }: Row) => row

/** Plays PYROS's scenario to its end and gives the two tables as the API shows them, oldest row first. */
const playScenario = async (validPolicy: 'strict' | 'pyros') => {
  await using log = await freshEventStore()
  await using database = await freshDatabase()
  await using spine = await startSpine({
    store: log.store,
    pool: database.pool,
    scenario: 'pyros-plc',
    validPolicy,
  })
  await spine.clock.advanceBy(9_600)
  await spine.projected()
  const read = async (table: string): Promise<Row[]> =>
    (await spine.get(`/api/${table}`)).body.items.toReversed()
  return {
    weatherwatch: await read('weatherwatch'),
    sitewatch: await read('sitewatch'),
    environment: (await spine.get('/api/environment')).body,
  }
}

describe('the scenario of PYROS, from the PLC to the API', () => {
  it('P6 P11 P12 P20 gives the ten rows PYROS wrote, but for ids and times, under its policy', async () => {
    const shown = await playScenario('pyros')
    const golden = goldenTables()
    expect(shown.weatherwatch.map(withoutIdAndTime)).toEqual(
      golden.weatherwatch.map((row) => withoutIdAndTime(row as Row)),
    )
    expect(shown.sitewatch.map(withoutIdAndTime)).toEqual(
      golden.sitewatch.map((row) => withoutIdAndTime(row as Row)),
    )
    expect(shown.weatherwatch.map(({ id }) => id)).toEqual(shown.sitewatch.map(({ id }) => id))
  })

  it('P6 P7 P8 shows valid sensors only, and rain throughout, under the strict policy', async () => {
    const { weatherwatch, sitewatch, environment } = await playScenario('strict')
    expect(weatherwatch.map(withoutIdAndTime)).toEqual(
      [0, 12, 12, 0, 0].map((rain) => ({
        global_status: 'RAINING',
        humidity: 64.1,
        wind: 3.1,
        wind_dir: 202.3,
        temperature: 12.12,
        pressure: 769.2,
        rain,
        cloud: -15.67,
      })),
    )
    expect(sitewatch.map(({ humidity, temperature }) => [humidity, temperature])).toEqual(
      Array(5).fill([null, null]),
    )
    expect(environment.verdict).toMatchObject({ mayOpen: false })
    expect(environment.verdict.state).not.toBe('safe')
    const flags = environment.flags.map(
      ({ code, device }: { code: string; device: string }) => `${code} ${device}`,
    )
    expect(flags).toEqual(expect.arrayContaining(['CONFLICTING_RAIN DRD11', 'INVALID_DEVICE VantagePro']))
    const rain = environment.quantities.find(({ quantity }: { quantity: string }) => quantity === 'rain')
    expect(rain).toMatchObject({ state: 'unsafe', action: 'secure' })
  })
})
