import type { EventFeed } from '#commands/event-feed.ts'
import { type EventStore, type ProposedEvent, RevisionConflict } from '#commands/event-store.ts'
import { ChargeBook } from '#domain/requests/quotas/charge-book.ts'
import { isQuotaInput, type QuotaInput, quotaInputTypes } from '#domain/requests/quotas/inputs.ts'
import { entriesFor, type QuotaEntry } from '#domain/requests/quotas/keeper.ts'
import { noReservations, withEntry } from '#domain/requests/quotas/reservations.ts'
import { quotaStream } from '#domain/requests/quotas/streams.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { uuidFrom } from '#domain/shared/ids.ts'
import { instantOf } from '#domain/shared/time.ts'
import { type LedgerAsRead, readLedger } from './read-ledger.ts'

export type QuotaKeeperParts = {
  readonly store: EventStore
  readonly feed: EventFeed
  readonly clock: Clock
  /** How far the ledger has come: after every batch of the log, and after every fault. */
  readonly onProgress: (progress: { entries: number; caughtUp: boolean; error: string | null }) => void
}

const retryMs = 1_000

/** The ledger answers an event that the log does not have. */
class AnsweredNothing extends Error {
  constructor(id: string) {
    super(`the ledger of quotas answers event ${id}, which is not in this log`)
    this.name = 'AnsweredNothing'
  }
}

const actor = { kind: 'agent', id: 'quota-keeper' } as const

/** What says where an entry comes from. */
const causeOf = ({ id, metadata }: Recorded) => ({
  correlationId: metadata.correlationId,
  causationId: id,
  actor,
  site: metadata.site,
  night: metadata.night,
  ...(metadata.simulated ? { simulated: true as const } : {}),
})

/** Derived ids: the same entry for the same event is recognised by the store, whoever appends it. */
const proposed = ({ type, data }: QuotaEntry, event: Recorded, at: string): ProposedEvent => ({
  id: uuidFrom(`quota/${type}/${data.sequenceId}`, event.id),
  type,
  data,
  metadata: { occurredAt: at, ...causeOf(event) },
})

const streamOf = ({ data: { accounts } }: QuotaEntry): string => quotaStream(accounts[0]?.period ?? '')

/**
 * Follows requests, plans and observations, and keeps the ledgers of quotas by them. The causation of each entry is the
 * event it answers, so the ledger itself is the checkpoint: whatever was killed, the keeper reads the ledger and the log
 * from their beginnings, takes note of what is answered without answering it again, and goes on. The last answered event is
 * answered again, as it may have been cut short between the ledgers of two periods. Two keepers cannot both write: the
 * expected revision refuses one, which then begins anew.
 */
export class QuotaKeeper {
  readonly #parts: QuotaKeeperParts
  #book = new ChargeBook()
  #ledger: LedgerAsRead = { reservations: noReservations, revisions: new Map() }
  #entries = 0

  constructor(parts: QuotaKeeperParts) {
    this.#parts = parts
  }

  /** Runs until the signal; what fails is told and tried again. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, onProgress } = this.#parts
    while (!signal.aborted) {
      try {
        await this.#follow(signal)
      } catch (error) {
        if (signal.aborted) return
        const message = error instanceof Error ? error.message : `${error}`
        onProgress({ entries: this.#entries, caughtUp: false, error: message })
        await clock.sleepUntil(clock.now() + retryMs, signal).catch(() => {})
      }
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { feed, onProgress } = this.#parts
    this.#book = new ChargeBook()
    this.#ledger = await readLedger(feed, signal)
    let passingTo = this.#ledger.reservations.answered
    for await (const { events, caughtUp } of feed.follow(quotaInputTypes, null, signal)) {
      for (const event of events) {
        if (signal.aborted) return
        if (!isQuotaInput(event)) continue
        this.#book.heed(event)
        if (event.id === passingTo) passingTo = null
        if (passingTo === null) await this.#answer(event, signal)
      }
      if (caughtUp && passingTo !== null) throw new AnsweredNothing(passingTo)
      onProgress({ entries: this.#entries, caughtUp, error: null })
    }
  }

  async #answer(event: Recorded<QuotaInput>, signal: AbortSignal): Promise<void> {
    for (;;) {
      const { held } = this.#ledger.reservations
      const entries = entriesFor(event, held, this.#book)
      try {
        for (const [stream, ofPeriod] of Map.groupBy(entries, streamOf))
          await this.#enter(stream, ofPeriod, event)
        return
      } catch (error) {
        if (!(error instanceof RevisionConflict)) throw error
        const known = this.#ledger.reservations.answered
        this.#ledger = await readLedger(this.#parts.feed, signal)
        // A grant came in between, or else another keeper is at work and ahead of this one.
        if (this.#ledger.reservations.answered !== known) throw error
      }
    }
  }

  async #enter(stream: string, entries: readonly QuotaEntry[], event: Recorded): Promise<void> {
    const { store, clock } = this.#parts
    const { reservations, revisions } = this.#ledger
    const events = entries.map((entry) => proposed(entry, event, instantOf(clock.now())))
    const { revision } = await store.append(stream, events, revisions.get(stream) ?? 'none')
    const metadata = causeOf(event)
    this.#ledger = {
      revisions: new Map(revisions).set(stream, revision),
      reservations: entries.reduce(
        (before, entry) => withEntry(before, { ...entry, metadata }),
        reservations,
      ),
    }
    this.#entries += entries.length
  }
}
