import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { ChargeBook } from '#domain/requests/quotas/charge-book.ts'
import type { Account, QuotaEvent } from '#domain/requests/quotas/events.ts'
import { isQuotaInput } from '#domain/requests/quotas/inputs.ts'
import { entriesFor, type QuotaEntry } from '#domain/requests/quotas/keeper.ts'
import { leftOf, quotaLedger, sumsOf } from '#domain/requests/quotas/ledger.ts'
import { noReservations, withEntry } from '#domain/requests/quotas/reservations.ts'
import { type Happening, recordedStory } from '#test/support/happenings.ts'
import {
  aborted,
  closed,
  finished,
  missed,
  published,
  started,
  submitted,
  withdrawn,
} from '#test/support/quota-story.ts'

const night = '2026-11-21'
const next = '2026-11-22'
const ana: Account = { level: 'user', id: 'ana', period: '2026B' }
const survey: Account = { level: 'programme', id: 'survey', period: '2026B' }

/** The ledger that a keeper writes when it follows a story; `times` it is told each event. */
const ledgerFrom = (story: readonly Happening[], times = 1): QuotaEntry[] => {
  const book = new ChargeBook()
  let reservations = noReservations
  return recordedStory(story).flatMap((event) => {
    if (!isQuotaInput(event)) return []
    return Array.from({ length: times }).flatMap(() => {
      book.heed(event)
      const entries = entriesFor(event, reservations.held, book)
      for (const entry of entries)
        reservations = withEntry(reservations, { ...entry, metadata: event.metadata })
      return entries
    })
  })
}
const said = (entries: readonly QuotaEntry[]) =>
  entries.map(({ type, data }) => [
    type,
    data.sequenceId,
    data.seconds,
    ...('why' in data ? [data.why] : []),
    ...('refundedSeconds' in data ? [data.refundedSeconds] : []),
  ])
const plan = (...placed: [string, number][]) =>
  placed.map(([sequenceId, chargeS]) => ({ sequenceId, chargeS }))

describe('the quota keeper', () => {
  const begun = [submitted(night, 'r'), published(night, 1, plan(['r.1', 600], ['r.2', 300]))]

  it('reserves what a plan places, of the user, the country and the programme', () => {
    const entries = ledgerFrom(begun)
    expect(said(entries)).toEqual([
      ['QuotaReserved', 'r.1', 600],
      ['QuotaReserved', 'r.2', 300],
    ])
    expect(entries[0]?.data.accounts.map(({ level, id, period }) => [level, id, period])).toEqual([
      ['user', 'ana', '2026B'],
      ['country', 'mx', '2026B'],
      ['programme', 'survey', '2026B'],
    ])
  })

  const rest = (...more: Happening[]) => said(ledgerFrom([...begun, ...more])).slice(2)

  it('writes nothing for a plan that places the same again', () =>
    expect(rest(published(night, 2, plan(['r.2', 300], ['r.1', 600])))).toEqual([]))

  it('releases what the next plan displaces and takes what it charges otherwise', () =>
    expect(rest(published(night, 2, plan(['r.1', 700])))).toEqual([
      ['QuotaReleased', 'r.1', 600, 'displaced'],
      ['QuotaReleased', 'r.2', 300, 'displaced'],
      ['QuotaReserved', 'r.1', 700],
    ]))

  it('releases what is withdrawn, missed, or left at the end of the night', () => {
    expect(rest(withdrawn(night, 'r'))).toEqual([
      ['QuotaReleased', 'r.1', 600, 'withdrawn'],
      ['QuotaReleased', 'r.2', 300, 'withdrawn'],
    ])
    expect(rest(missed(night, 'r.1'), closed(night))).toEqual([
      ['QuotaReleased', 'r.1', 600, 'missed'],
      ['QuotaReleased', 'r.2', 300, 'night-over'],
    ])
  })

  it('leaves alone what another night holds', () =>
    expect(rest(published(next, 1, []), closed('2026-11-20'))).toEqual([]))

  it('spends what was observed', () =>
    expect(rest(started(night, 'r.1'), finished(night, 'r.1'))).toEqual([['QuotaSpent', 'r.1', 600, 0]]))

  it.each([
    [9, 600, 0],
    [8, 0, 600],
  ])('of ten images %i taken spend %i s and refund %i s', (images, spent, refunded) =>
    expect(rest(started(night, 'r.1'), aborted(night, 'r.1', images))).toEqual([
      ['QuotaSpent', 'r.1', spent, refunded],
    ]),
  )

  it('charges wholly the attempt that completes what the refunded ones before it began', () => {
    const again = (version: number) => published(night, version, plan(['r.1', 600], ['r.2', 300]))
    const story = [
      started(night, 'r.1'),
      aborted(night, 'r.1', 5),
      again(2),
      started(night, 'r.1', 2),
      // Of the half that was left: with the half before it is 90 %.
      aborted(night, 'r.1', 8, 2),
    ]
    expect(rest(...story)).toEqual([
      ['QuotaSpent', 'r.1', 0, 600],
      ['QuotaReserved', 'r.1', 600],
      ['QuotaSpent', 'r.1', 600, 0],
    ])
  })

  it('takes the least share that the author asked for', () => {
    const story = [submitted(night, 'q', { minQuality: 0.5 }), published(night, 1, plan(['q.1', 600]))]
    expect(said(ledgerFrom([...story, started(night, 'q.1'), aborted(night, 'q.1', 5)])).at(-1)).toEqual([
      'QuotaSpent',
      'q.1',
      600,
      0,
    ])
  })

  it('releases what was aborted before the first image', () =>
    expect(rest(started(night, 'r.1'), aborted(night, 'r.1'))).toEqual([
      ['QuotaReleased', 'r.1', 600, 'aborted'],
    ]))

  it('keeps what is being observed until its end, whatever is planned, withdrawn or closed', () =>
    expect(
      rest(
        started(night, 'r.1'),
        published(night, 2, plan(['r.2', 300])),
        withdrawn(night, 'r'),
        closed(night),
        finished(night, 'r.1'),
      ),
    ).toEqual([
      ['QuotaReleased', 'r.2', 300, 'withdrawn'],
      ['QuotaSpent', 'r.1', 600, 0],
    ]))

  it('gives up what ran in a night before and never ended', () =>
    expect(rest(started(night, 'r.1'), closed(night), closed(next)).at(-1)).toEqual([
      'QuotaReleased',
      'r.1',
      600,
      'night-over',
    ]))

  it('reserves nothing for a request that was withdrawn while the plan was being made', () =>
    expect(
      said(ledgerFrom([submitted(night, 'r'), withdrawn(night, 'r'), begun[1] ?? closed(night)])),
    ).toEqual([]))

  it('moves a sequence to the period of the night that now has it', () => {
    const [january, february] = ['2027-01-31', '2027-02-01'] as const
    const entries = ledgerFrom([
      submitted(january, 'r'),
      published(january, 1, plan(['r.1', 600])),
      published(february, 1, plan(['r.1', 600])),
    ])
    expect(entries.map(({ type, data }) => [type, data.accounts[0]?.period])).toEqual([
      ['QuotaReserved', '2026B'],
      ['QuotaReleased', '2026B'],
      ['QuotaReserved', '2027A'],
    ])
  })
})

const nights = fc.constantFrom(night, next)
const request = fc.constantFrom('q', 'r')
const sequence = fc.constantFrom('q.1', 'q.2', 'r.1', 'r.2')
const placed = fc.uniqueArray(
  fc.record({ sequenceId: sequence, chargeS: fc.integer({ min: 1, max: 900 }) }),
  { selector: ({ sequenceId }) => sequenceId },
)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.tuple(nights, request).map(([on, id]) => submitted(on, id)),
  fc.tuple(nights, request).map(([on, id]) => withdrawn(on, id)),
  fc.tuple(nights, fc.integer({ min: 1, max: 9 }), placed).map(([on, v, list]) => published(on, v, list)),
  fc.tuple(nights, sequence).map(([on, id]) => started(on, id)),
  fc.tuple(nights, sequence, fc.nat(10)).map(([on, id, images]) => finished(on, id, images)),
  fc.tuple(nights, sequence, fc.nat(10)).map(([on, id, images]) => aborted(on, id, images)),
  fc.tuple(nights, sequence).map(([on, id]) => missed(on, id)),
  nights.map(closed),
)
const story = fc.array(happening, { maxLength: 50 })

describe('the quota keeper, whatever happens', () => {
  test.prop([story])('told everything twice writes what it writes told once', (happenings) => {
    expect(ledgerFrom(happenings, 2)).toEqual(ledgerFrom(happenings))
  })

  test.prop([story])('settles every reservation once, and never for more than it was', (happenings) => {
    const held = new Map<string, number>()
    for (const { type, data } of ledgerFrom(happenings)) {
      const { sequenceId, seconds } = data
      if (type === 'QuotaReserved') {
        expect(held.has(sequenceId)).toBe(false)
        held.set(sequenceId, seconds)
        continue
      }
      const settled = seconds + ('refundedSeconds' in data ? data.refundedSeconds : 0)
      expect(settled).toBe(held.get(sequenceId))
      held.delete(sequenceId)
    }
  })

  test.prop([story])('charges the programme what it charges its only user', (happenings) => {
    const events: QuotaEvent[] = ledgerFrom(happenings)
    const ledger = events.reduce(quotaLedger.evolve, quotaLedger.initial)
    expect(sumsOf(ledger, survey)).toEqual(sumsOf(ledger, ana))
  })

  test.prop([story])('what is left is what was granted less what is charged and held', (happenings) => {
    const granted: QuotaEvent = { type: 'QuotaGranted', data: { account: ana, seconds: 5000, why: 'all' } }
    const ledger = [granted, ...ledgerFrom(happenings)].reduce(quotaLedger.evolve, quotaLedger.initial)
    const { reservedS, spentS } = sumsOf(ledger, ana)
    expect(leftOf(ledger, ana, new Set())).toBe(5000 - reservedS - spentS)
  })

  test.prop([story])('holds nothing once all nights are closed and nothing runs', (happenings) => {
    const ends = ['q.1', 'q.2', 'r.1', 'r.2'].map((id) => aborted(next, id))
    const events: QuotaEvent[] = ledgerFrom([...happenings, ...ends, closed(next)])
    expect(events.reduce(quotaLedger.evolve, quotaLedger.initial).held.size).toBe(0)
  })
})
