import type { ObservationAborted, ObservationFinished } from '#domain/observing/events.ts'
import type { SchedulePublished } from '#domain/planning/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { ChargeBook } from './charge-book.ts'
import type { Account, QuotaReleased, QuotaReserved, QuotaSpent } from './events.ts'
import type { QuotaInput } from './inputs.ts'
import type { Reservation, Reservations } from './reservations.ts'
import { semesterOf } from './semester.ts'

export type QuotaEntry = QuotaReserved | QuotaReleased | QuotaSpent
type Held = Reservations['held']
type Why = QuotaReleased['data']['why']

const released = (sequenceId: string, { accounts, seconds }: Reservation, why: Why): QuotaReleased => ({
  type: 'QuotaReleased',
  data: { sequenceId, accounts: [...accounts], seconds, why },
})

const releasedWhere = (
  held: Held,
  why: Why,
  is: (sequenceId: string, reservation: Reservation) => boolean,
): QuotaReleased[] =>
  [...held].flatMap(([id, reservation]) => (is(id, reservation) ? [released(id, reservation, why)] : []))

const named = (accounts: readonly Account[]): string =>
  accounts
    .map(({ level, id, period }) => `${period}/${level}/${id}`)
    .sort()
    .join(' ')

const isSame = (held: Reservation, wanted: Reservation): boolean =>
  held.night === wanted.night &&
  held.seconds === wanted.seconds &&
  named(held.accounts) === named(wanted.accounts)

/**
 * What the plan's sequences should hold. What runs keeps what it has until its end is on record, and a plan that was
 * overtaken by a withdrawal takes nothing for it.
 */
const wantedBy = (
  { data, metadata: { night } }: Recorded<SchedulePublished>,
  book: ChargeBook,
): ReadonlyMap<string, Reservation> => {
  const period = semesterOf(night)
  return new Map(
    data.placed.flatMap(({ sequenceId, requestId, kind, chargeS }): [string, Reservation][] => {
      const accounts = book.accountsOf(requestId, period)
      if (kind === 'fixed' || chargeS === 0 || accounts.length === 0) return []
      return [[sequenceId, { night, period, accounts, seconds: chargeS }]]
    }),
  )
}

const planned = (event: Recorded<SchedulePublished>, held: Held, book: ChargeBook): QuotaEntry[] => {
  const { night } = event.metadata
  const { scheduleVersion, placed } = event.data
  const wanted = wantedBy(event, book)
  const fixed = new Set(placed.filter(({ kind }) => kind === 'fixed').map(({ sequenceId }) => sequenceId))
  const gone = releasedWhere(held, 'displaced', (id, reservation) => {
    if (book.isRunning(id) || fixed.has(id)) return false
    const now = wanted.get(id)
    return now ? !isSame(reservation, now) : reservation.night === night
  })
  const added = [...wanted].flatMap(([sequenceId, reservation]): QuotaReserved[] => {
    const before = held.get(sequenceId)
    if (book.isRunning(sequenceId) || (before && isSame(before, reservation))) return []
    const { accounts, seconds } = reservation
    return [
      {
        type: 'QuotaReserved',
        data: { sequenceId, accounts: [...accounts], seconds, scheduleVersion },
      },
    ]
  })
  return [...gone, ...added]
}

const ended = (
  { type, data }: ObservationFinished | ObservationAborted,
  held: Held,
  book: ChargeBook,
): QuotaEntry[] => {
  const { sequenceId, attempt, imagesTaken, openShutterS } = data
  const reservation = held.get(sequenceId)
  if (!reservation) return []
  if (type === 'ObservationAborted' && imagesTaken === 0 && openShutterS === 0)
    return [released(sequenceId, reservation, 'aborted')]
  const { accounts, seconds } = reservation
  const charged = book.wasObservedBy(data) ? seconds : 0
  return [
    {
      type: 'QuotaSpent',
      data: {
        sequenceId,
        attempt,
        accounts: [...accounts],
        seconds: charged,
        refundedSeconds: seconds - charged,
      },
    },
  ]
}

/**
 * The ledger's entries that an event asks for, given what is held; none where the ledger is as it should be already, so that
 * answering twice is answering once. `book` has heeded everything up to this event.
 */
export const entriesFor = (event: Recorded<QuotaInput>, held: Held, book: ChargeBook): QuotaEntry[] => {
  switch (event.type) {
    case 'SchedulePublished':
      return planned(event, held, book)
    case 'ObservationFinished':
    case 'ObservationAborted':
      return ended(event, held, book)
    case 'RequestWithdrawn': {
      const withdrawn = new Set(event.data.sequenceIds)
      return releasedWhere(held, 'withdrawn', (id) => withdrawn.has(id) && !book.isRunning(id))
    }
    case 'SequenceMissed': {
      const { sequenceId } = event.data
      return releasedWhere(held, 'missed', (id) => id === sequenceId && !book.isRunning(id))
    }
    case 'NightClosed': {
      const { night } = event.metadata
      // What runs at the close is settled by its own end; what ran in a night before never had one.
      return releasedWhere(
        held,
        'night-over',
        (id, reservation) =>
          reservation.night < night || (reservation.night === night && !book.isRunning(id)),
      )
    }
    case 'RequestSubmitted':
    case 'RequestRevised':
    case 'ObservationStarted':
      return []
  }
}
