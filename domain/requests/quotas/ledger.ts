import type { Account, QuotaEvent } from './events.ts'

export type Sums = { readonly grantedS: number; readonly reservedS: number; readonly spentS: number }
type Held = { readonly accounts: readonly Account[]; readonly seconds: number }

export type Ledger = {
  /** By {@link accountKey}. */
  readonly accounts: ReadonlyMap<string, Sums>
  /** What is reserved, by sequence: one reservation each. */
  readonly held: ReadonlyMap<string, Held>
}

const nothing: Sums = { grantedS: 0, reservedS: 0, spentS: 0 }

export const accountKey = ({ level, id, period }: Account): string => `${period}/${level}/${id}`

const added = (
  sums: Ledger['accounts'],
  accounts: readonly Account[],
  { grantedS = 0, reservedS = 0, spentS = 0 }: Partial<Sums>,
): Ledger['accounts'] => {
  const after = new Map(sums)
  for (const account of accounts) {
    const key = accountKey(account)
    const before = after.get(key) ?? nothing
    after.set(key, {
      grantedS: before.grantedS + grantedS,
      reservedS: before.reservedS + reservedS,
      spentS: before.spentS + spentS,
    })
  }
  return after
}

/** Without what the sequence holds; the same ledger when it holds nothing. */
const freed = (ledger: Ledger, sequenceId: string): Ledger => {
  const freed = ledger.held.get(sequenceId)
  if (!freed) return ledger
  const held = new Map(ledger.held)
  held.delete(sequenceId)
  return { held, accounts: added(ledger.accounts, freed.accounts, { reservedS: -freed.seconds }) }
}

const evolve = (ledger: Ledger, event: QuotaEvent): Ledger => {
  switch (event.type) {
    case 'QuotaGranted': {
      const { account, seconds } = event.data
      return { ...ledger, accounts: added(ledger.accounts, [account], { grantedS: seconds }) }
    }
    case 'QuotaReserved': {
      const { sequenceId, accounts, seconds } = event.data
      const before = freed(ledger, sequenceId)
      return {
        held: new Map(before.held).set(sequenceId, { accounts, seconds }),
        accounts: added(before.accounts, accounts, { reservedS: seconds }),
      }
    }
    case 'QuotaReleased':
      return freed(ledger, event.data.sequenceId)
    case 'QuotaSpent': {
      const { sequenceId, accounts, seconds } = event.data
      const before = freed(ledger, sequenceId)
      return { ...before, accounts: added(before.accounts, accounts, { spentS: seconds }) }
    }
  }
}

/** What is granted, reserved and spent, folded from the ledgers of one or more periods. */
export const quotaLedger = {
  initial: { accounts: new Map(), held: new Map() } as Ledger,
  evolve,
}

export const sumsOf = ({ accounts }: Ledger, account: Account): Sums =>
  accounts.get(accountKey(account)) ?? nothing

/**
 * Seconds that an account may still be charged: granted − spent − reserved by others than `exceptSequences`, which are those
 * being planned anew. Below zero when alerts took more than was granted; null, without a limit, when nothing was ever
 * granted (D8).
 */
export const leftOf = (
  ledger: Ledger,
  account: Account,
  exceptSequences: ReadonlySet<string>,
): number | null => {
  const key = accountKey(account)
  const { grantedS, spentS } = ledger.accounts.get(key) ?? nothing
  if (grantedS === 0) return null
  let reservedS = 0
  for (const [sequenceId, { accounts, seconds }] of ledger.held)
    if (!exceptSequences.has(sequenceId) && accounts.some((held) => accountKey(held) === key))
      reservedS += seconds
  return grantedS - spentS - reservedS
}
