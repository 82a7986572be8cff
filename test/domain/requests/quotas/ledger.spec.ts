import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { Account, QuotaEvent } from '#domain/requests/quotas/events.ts'
import { accountKey, leftOf, quotaLedger, sumsOf } from '#domain/requests/quotas/ledger.ts'
import { semesterOf } from '#domain/requests/quotas/semester.ts'

const period = '2026B'
const ana: Account = { level: 'user', id: 'ana', period }
const mexico: Account = { level: 'country', id: 'mx', period }
const accounts = [ana, mexico]

const granted = (account: Account, seconds: number): QuotaEvent => ({
  type: 'QuotaGranted',
  data: { account, seconds, why: 'allocation' },
})
const reserved = (sequenceId: string, seconds: number, by = accounts): QuotaEvent => ({
  type: 'QuotaReserved',
  data: { sequenceId, accounts: by, seconds, scheduleVersion: 1 },
})
const released = (sequenceId: string, seconds: number): QuotaEvent => ({
  type: 'QuotaReleased',
  data: { sequenceId, accounts, seconds, why: 'displaced' },
})
const spent = (sequenceId: string, seconds: number, refundedSeconds = 0): QuotaEvent => ({
  type: 'QuotaSpent',
  data: { sequenceId, attempt: 1, accounts, seconds, refundedSeconds },
})
const ledgerOf = (...events: QuotaEvent[]) => events.reduce(quotaLedger.evolve, quotaLedger.initial)
const none: ReadonlySet<string> = new Set()

describe('a semester', () => {
  it.each([
    ['2026-02-01', '2026A'],
    ['2026-07-31', '2026A'],
    ['2026-08-01', '2026B'],
    ['2026-12-31', '2026B'],
    ['2027-01-31', '2026B'],
    ['2027-02-01', '2027A'],
  ])('of the night of %s is %s', (night, semester) => expect(semesterOf(night)).toBe(semester))
})

describe('what is left of a quota', () => {
  it('has no limit while nothing was granted (D8)', () =>
    expect(leftOf(ledgerOf(reserved('r.1', 600)), ana, none)).toBeNull())

  it('is what was granted, added up, less what is reserved and spent', () =>
    expect(
      leftOf(
        ledgerOf(granted(ana, 3600), granted(ana, 400), reserved('r.1', 600), spent('r.0', 1000)),
        ana,
        none,
      ),
    ).toBe(2400))

  it('does not count what the sequences being planned hold', () => {
    const ledger = ledgerOf(granted(ana, 3600), reserved('r.1', 600), reserved('r.2', 100))
    expect(leftOf(ledger, ana, new Set(['r.1']))).toBe(3500)
  })

  it('is whole again when the reservation is released', () =>
    expect(leftOf(ledgerOf(granted(ana, 600), reserved('r.1', 600), released('r.1', 600)), ana, none)).toBe(
      600,
    ))

  it('counts a refund as nothing', () =>
    expect(leftOf(ledgerOf(granted(ana, 600), reserved('r.1', 600), spent('r.1', 0, 600)), ana, none)).toBe(
      600,
    ))

  it('is below zero when alerts took more than there was', () =>
    expect(leftOf(ledgerOf(granted(ana, 600), spent('a.1', 700)), ana, none)).toBe(-100))
})

const sequence = fc.constantFrom('r.1', 'r.2', 's.1')
const time = fc.integer({ min: 1, max: 5000 })
const entry = fc.oneof(
  fc.tuple(fc.constantFrom(...accounts), time).map(([account, seconds]) => granted(account, seconds)),
  fc
    .tuple(sequence, time, fc.subarray(accounts, { minLength: 1 }))
    .map(([id, seconds, by]) => reserved(id, seconds, by)),
  fc.tuple(sequence, time).map(([id, seconds]) => released(id, seconds)),
  fc.tuple(sequence, time).map(([id, seconds]) => spent(id, seconds)),
)
const entries = fc.array(entry, { maxLength: 60 })

describe('the ledger, whatever is entered', () => {
  test.prop([entries])('has reserved just what the sequences hold, account by account', (events) => {
    const ledger = ledgerOf(...events)
    for (const account of accounts) {
      const held = [...ledger.held.values()].filter((one) =>
        one.accounts.some((holder) => accountKey(holder) === accountKey(account)),
      )
      expect(sumsOf(ledger, account).reservedS).toBe(held.reduce((sum, { seconds }) => sum + seconds, 0))
    }
  })

  test.prop([entries, sequence, time])('a reservation entered twice counts once', (events, id, seconds) => {
    const once = ledgerOf(...events, reserved(id, seconds))
    expect(quotaLedger.evolve(once, reserved(id, seconds))).toEqual(once)
  })

  test.prop([entries, sequence, time])('a release entered twice counts once', (events, id, seconds) => {
    const once = ledgerOf(...events, released(id, seconds))
    expect(quotaLedger.evolve(once, released(id, seconds))).toEqual(once)
  })

  test.prop([entries, fc.nat(60)])('folds a prefix and then the rest as all of it', (events, cut) => {
    const before = ledgerOf(...events.slice(0, cut))
    expect(events.slice(cut).reduce(quotaLedger.evolve, before)).toEqual(ledgerOf(...events))
  })

  test.prop([entries])('leaves the same whether all or none of what is held is planned anew', (events) => {
    const ledger = ledgerOf(...events)
    for (const account of accounts) {
      const [all, others] = [
        leftOf(ledger, account, new Set(ledger.held.keys())),
        leftOf(ledger, account, none),
      ]
      const { grantedS, reservedS } = sumsOf(ledger, account)
      if (grantedS > 0) expect((all ?? 0) - (others ?? 0)).toBe(reservedS)
    }
  })
})
