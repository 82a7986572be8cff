import type { Metadata } from '#domain/shared/metadata.ts'
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
  /** Id of the event that the newest entry answers; null before the first. Not its position: a copied log has others. */
  readonly answered: string | null
}

export const noReservations: Reservations = { held: new Map(), answered: null }

type Entry = QuotaEvent & { readonly metadata: Pick<Metadata, 'night' | 'causationId'> }

/** What sequences hold after an entry of the ledger, whose night and cause are those of the event it answers. */
export const withEntry = ({ held, answered }: Reservations, entry: Entry): Reservations => {
  // A grant answers nothing: somebody gave it.
  if (entry.type === 'QuotaGranted') return { held, answered }
  const after = new Map(held)
  const { sequenceId, accounts, seconds } = entry.data
  const { night, causationId } = entry.metadata
  if (entry.type === 'QuotaReserved')
    after.set(sequenceId, { night, period: accounts[0]?.period ?? '', accounts, seconds })
  else after.delete(sequenceId)
  return { held: after, answered: causationId }
}
