import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judgeAnew } from '#commands/night/judge-anew.ts'
import { NightUnknown } from '#commands/night/night-events.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import { UndecodableEvent } from '#domain/shared/decode-event.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import {
  answered,
  eve,
  fine,
  night,
  record,
  rejectedAt,
  seconds,
  site,
  unanswered,
} from '#test/support/recorded-night.ts'

const base = safetyRules()
const noonS = -6 * 3600

let log: FreshEventStore
beforeAll(async () => {
  log = await freshEventStore()
  const fineFrom = (from: number, to: number) => seconds(from, to, 6).map((second) => answered(second))
  const windy = seconds(noonS + 1206, noonS + 1500, 6).map((s) => answered(s, fine(s, { windMs: 11 })))
  // Two monitors: the second begins with what the log holds.
  await record(log.store, [...fineFrom(noonS - 900, noonS + 600), rejectedAt(noonS + 603)])
  await record(log.store, [
    ...fineFrom(noonS + 606, noonS + 1200),
    ...windy,
    ...seconds(noonS + 1506, noonS + 1800, 6).map(unanswered),
    ...fineFrom(noonS + 1806, noonS + 1900),
  ])
})
afterAll(() => log[Symbol.asyncDispose]())

const judged = (of = night, rules = base) =>
  judgeAnew({ site, night: of }, { store: log.store, log: log.store.nights, base, rules })

describe('a recorded night judged anew', () => {
  it.each([eve, night])('of %s by its own rules comes out as it was recorded, event by event', async (of) => {
    const counterfactual = await judged(of)
    expect(counterfactual.deviation).toBeNull()
    expect(counterfactual.differences).toEqual([])
    expect(counterfactual.polls).toBeGreaterThan(100)
    expect(counterfactual.rules).toEqual({ recorded: ['safety-1'], base: 'safety-1', whatIf: 'safety-1' })
  })

  it('goes on from the state that the night before left', async () => {
    const { openMinutes, differences } = await judged(night, safetyRules({ wind: { unsafeMs: 12 } }))
    // Closed for the 20 minutes after the first poll of the eve, which end 300 s after noon; then open.
    expect(openMinutes.recorded).toBeGreaterThan(15)
    expect(openMinutes.unsafeGained).toBeGreaterThan(2)
    expect(differences.map(({ recorded, whatIf }) => [recorded.state, whatIf.state])).toContainEqual([
      'unsafe',
      'warn',
    ])
  })

  it('writes nothing', async () => {
    const before = await log.store.nights.lastRevision(environmentStream(site, night))
    await judged()
    expect(await log.store.nights.lastRevision(environmentStream(site, night))).toBe(before)
  })

  it('must be there', async () => {
    await expect(judged('2020-01-01')).rejects.toBeInstanceOf(NightUnknown)
  })

  it('cannot be judged with events of a newer program, and says which', async () => {
    const stream = environmentStream(site, '2026-12-01')
    const at = '2026-12-02T02:00:00.000Z'
    const id = '00000000-0000-4000-8000-000000000001'
    const metadata = {
      schemaVersion: 1,
      occurredAt: at,
      correlationId: id,
      causationId: id,
      actor: { kind: 'program', id: 'newer' },
      site,
      night: '2026-12-01',
    }
    const newer = { id, type: 'SkyBrightnessRecorded', stream, revision: 0n, metadata, data: {} }
    await log.store.nights.append(stream, [{ ...newer, contentType: 'application/json' }], 'none')
    await expect(judged('2026-12-01')).rejects.toThrow(UndecodableEvent)
    await expect(judged('2026-12-01')).rejects.toThrow('SkyBrightnessRecorded')
  })
})
