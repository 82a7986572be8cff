import { expect, it } from 'vitest'
import { judgeAnew } from '#commands/night/judge-anew.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import { startSpine } from '#test/support/spine.ts'

it.each(['demo', 'hostile', 'plc-outage'])(
  'what the monitor recorded of the PLC playing %s comes out event by event when it is judged anew',
  async (scenario) => {
    await using log = await freshEventStore()
    await using database = await freshDatabase()
    {
      await using spine = await startSpine({ store: log.store, pool: database.pool, scenario })
      await spine.clock.advanceBy(120_000)
    }
    const base = safetyRules()
    const parts = { store: log.store, log: log.store.nights, base, rules: base }
    const found = await judgeAnew({ site: 'osm', night: '2026-11-20' }, parts)
    expect(found.deviation).toBeNull()
    expect(found.differences).toEqual([])
    expect(found.polls).toBeGreaterThan(20)
  },
)
