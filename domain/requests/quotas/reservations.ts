import type { Position, Recorded } from '#domain/shared/event.ts'
import type { Account, QuotaEvent } from './events.ts'

export type Reservation = {
  readonly night: string
  readonly period: string
  readonly accounts: readonly Account[]
  readonly seconds: number
}

export type Reservations = {
  /** By sequence. */
  readonly held: ReadonlyMap<string, Reservation>
  /** Position of the newest event that the ledger answers; null before the first. */
  readonly answered: Position | null
}

export const noReservations: Reservations = { held: new Map(), answered: null }

const later = (one: Position | null, other: Position | null): Position | null => {
  if (one === null || other === null) return one ?? other
  return one.commit > other.commit || (one.commit === other.commit && one.prepare > other.prepare)
    ? one
    : other
}

const answeredBy = ({ data }: QuotaEvent): Position | null =>
  'answers' in data && data.answers
    ? { commit: BigInt(data.answers.commit), prepare: BigInt(data.answers.prepare) }
    : null

type Entry = QuotaEvent & { readonly metadata: Pick<Recorded['metadata'], 'night'> }

/** What sequences hold after an entry of the ledger, whose night is that of the event it answers. */
export const withEntry = ({ held, answered }: Reservations, entry: Entry): Reservations => {
  if (entry.type === 'QuotaGranted') return { held, answered }
  const after = new Map(held)
  const { sequenceId, accounts, seconds } = entry.data
  if (entry.type === 'QuotaReserved') {
    const { night } = entry.metadata
    after.set(sequenceId, { night, period: accounts[0]?.period ?? '', accounts, seconds })
  } else after.delete(sequenceId)
  return { held: after, answered: later(answered, answeredBy(entry)) }
}
