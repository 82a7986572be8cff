import type { EventFeed } from '#commands/event-feed.ts'
import { type EventStore, type ProposedEvent, RevisionConflict } from '#commands/event-store.ts'
import { ChargeBook } from '#domain/requests/quotas/charge-book.ts'
import { isQuotaInput, type QuotaInput, quotaInputTypes } from '#domain/requests/quotas/inputs.ts'
import { entriesFor, type QuotaEntry } from '#domain/requests/quotas/keeper.ts'
import { noReservations, withEntry } from '#domain/requests/quotas/reservations.ts'
import { quotaStream } from '#domain/requests/quotas/streams.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position, Recorded } from '#domain/shared/event.ts'
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

const isBefore = (position: Position, other: Position | null): boolean =>
  other !== null &&
  (position.commit < other.commit || (position.commit === other.commit && position.prepare < other.prepare))

const actor = { kind: 'agent', id: 'quota-keeper' } as const

/** Derived ids: the same entry for the same event is recognised by the store, whoever appends it. */
const proposed = (entry: QuotaEntry, { id, position, metadata }: Recorded, at: string): ProposedEvent => ({
  id: uuidFrom(`quota/${entry.type}/${entry.data.sequenceId}`, id),
  type: entry.type,
  data: { ...entry.data, answers: { commit: `${position.commit}`, prepare: `${position.prepare}` } },
  metadata: {
    occurredAt: at,
    correlationId: metadata.correlationId,
    causationId: id,
    actor,
    site: metadata.site,
    night: metadata.night,
    ...(metadata.simulated ? { simulated: true as const } : {}),
  },
})

const streamOf = ({ data: { accounts } }: QuotaEntry): string => quotaStream(accounts[0]?.period ?? '')

/**
 * Follows requests, plans and observations, and keeps the ledgers of quotas by them. Each entry carries the position of the
 * event it answers, so the ledger itself is the checkpoint: whatever was killed, the keeper reads the ledger and the log
 * from their beginnings, passes over what is answered and goes on. The last answered event is answered again, as it may have
 * been cut short between the ledgers of two periods. Two keepers cannot both write: the expected revision refuses one, which
 * then sees what the other wrote.
 */
export class QuotaKeeper {
  readonly #parts: QuotaKeeperParts
  readonly #book = new ChargeBook()
  #ledger: LedgerAsRead = { reservations: noReservations, revisions: new Map() }
  #after: Position | null = null
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
    this.#ledger = await readLedger(feed, signal)
    for await (const { events, position, caughtUp } of feed.follow(quotaInputTypes, this.#after, signal)) {
      for (const event of events) {
        if (signal.aborted) return
        if (isQuotaInput(event)) await this.#take(event, signal)
        this.#after = event.position
      }
      if (position) this.#after = position
      onProgress({ entries: this.#entries, caughtUp, error: null })
    }
  }

  async #take(event: Recorded<QuotaInput>, signal: AbortSignal): Promise<void> {
    this.#book.heed(event)
    for (;;) {
      const { answered, held } = this.#ledger.reservations
      if (isBefore(event.position, answered)) return
      const entries = entriesFor(event, held, this.#book)
      try {
        for (const [stream, ofPeriod] of Map.groupBy(entries, streamOf))
          await this.#enter(stream, ofPeriod, event)
        return
      } catch (error) {
        if (!(error instanceof RevisionConflict)) throw error
        this.#ledger = await readLedger(this.#parts.feed, signal)
      }
    }
  }

  async #enter(stream: string, entries: readonly QuotaEntry[], event: Recorded): Promise<void> {
    const { store, clock } = this.#parts
    const { reservations, revisions } = this.#ledger
    const events = entries.map((entry) => proposed(entry, event, instantOf(clock.now())))
    const { revision } = await store.append(stream, events, revisions.get(stream) ?? 'none')
    const { metadata } = event
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
