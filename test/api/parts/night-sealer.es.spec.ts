import { describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { readConfig } from '#api/config.ts'
import { startNightSealer } from '#api/parts/night-sealer.ts'
import { runNightSealer, type SealOutcome } from '#commands/night/night-sealer.ts'
import { verifyNight } from '#commands/night/verify-night.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { answered, dusk, eve, night, record, seconds, site } from '#test/support/recorded-night.ts'

const poll = { kind: 'recorded', at: dusk, answered: true, events: [] } as const

describe('the night sealer', () => {
  it('seals every unsealed night of the week before, at the first poll of another, beside the polls', async () => {
    await using log = await freshEventStore()
    const { store } = log
    const threeNightsAgo = '2026-11-17'
    await record(
      store,
      seconds(-3 * 86_400, -3 * 86_400 + 60).map((second) => answered(second)),
    )
    await record(
      store,
      seconds(-86_400, -86_300).map((second) => answered(second)),
    )
    await record(store, [answered(0)])
    const said: string[] = []
    const options = {
      config: readConfig({}),
      store,
      clock: new VirtualClock(epochMsOf(dusk)),
      say: (line: string) => said.push(line),
    }
    const sealer = startNightSealer(options)
    sealer.polled(poll)
    sealer.polled({ kind: 'not-recorded', at: dusk, error: 'the log was away' })
    // Its answer came before anything was sealed: polling did not wait.
    expect(said).toEqual([])
    for (const sealed of [threeNightsAgo, eve])
      await expect
        .poll(() => said.some((line) => line.startsWith(`night of ${sealed} sealed`)), { timeout: 20_000 })
        .toBe(true)
    await sealer.stop()
    expect(said).toHaveLength(2)
    for (const sealed of [threeNightsAgo, eve])
      expect(await verifyNight(store.nights, { site, night: sealed })).toMatchObject({ outcome: 'intact' })

    const again = startNightSealer(options)
    again.polled(poll)
    await again.stop()
    expect(said).toHaveLength(2)
    expect(again.status().state).toBe('up')
    const seals: string[] = []
    for await (const batch of store.nights.scan({ types: ['NightSealed'] }))
      for (const { stream } of batch) seals.push(stream)
    expect(seals.sort()).toEqual([`night-${site}-${threeNightsAgo}`, `night-${site}-${eve}`])
  })

  it('tries again at the next poll what failed, and not what did not', async () => {
    const asked: string[] = []
    const outcomes: SealOutcome[] = []
    let away = true
    const seal = async (of: string) => {
      asked.push(of)
      if (of === eve && away) throw new Error('the log is away')
      const sealed = { site, night: of, rootHash: '', algorithm: '', count: 1, streams: [], pages: 0 }
      return { already: of !== eve, sealed }
    }
    const sealer = runNightSealer(seal, (outcome) => outcomes.push(outcome), new AbortController().signal)
    sealer.polled(night)
    sealer.polled(night)
    await sealer.idle()
    expect(asked).toHaveLength(7)
    expect(outcomes).toEqual([{ kind: 'failed', night: eve, error: 'the log is away' }])
    away = false
    sealer.polled(night)
    await sealer.idle()
    sealer.polled(night)
    await sealer.idle()
    expect(asked).toHaveLength(14)
    expect(outcomes.at(-1)).toEqual({ kind: 'sealed', night: eve, rootHash: '', count: 1 })
  })
})
