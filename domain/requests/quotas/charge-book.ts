import type { ObservationAborted, ObservationFinished } from '#domain/observing/events.ts'
import type { RequestContent } from '../events.ts'
import { isAcceptable, leastShareOf, leftAfter } from './acceptability.ts'
import type { Account } from './events.ts'
import type { QuotaInput } from './inputs.ts'

type Ended = (ObservationFinished | ObservationAborted)['data']

type Owner = Pick<RequestContent, 'userId' | 'country' | 'programmeId'> & {
  /** By sequence. */
  readonly leastShares: ReadonlyMap<string, number>
}

const ownerOf = ({ userId, country, programmeId, sequences }: RequestContent): Owner => ({
  userId,
  country,
  programmeId,
  leastShares: new Map(sequences.map(({ id, minQuality }) => [id, leastShareOf(minQuality)])),
})

/** Who is charged for a request, and what is being observed: what the log says, folded in its order. Heeding twice is once. */
export class ChargeBook {
  // Grown in place: a copy at every request would make a start from a long log quadratic.
  readonly #owners = new Map<string, Owner>()
  readonly #running = new Set<string>()
  /** By sequence and attempt. */
  readonly #attempts = new Map<string, Map<number, Ended>>()

  heed(event: QuotaInput): void {
    switch (event.type) {
      case 'RequestSubmitted':
        this.#owners.set(event.data.requestId, ownerOf(event.data))
        return
      case 'RequestRevised':
        if (event.data.submitted) this.#owners.set(event.data.requestId, ownerOf(event.data))
        return
      case 'RequestWithdrawn':
        this.#owners.delete(event.data.requestId)
        return
      case 'ObservationStarted':
        this.#running.add(event.data.sequenceId)
        return
      case 'ObservationFinished':
      case 'ObservationAborted':
        this.#running.delete(event.data.sequenceId)
        this.#take(event.data)
        return
      case 'SchedulePublished':
      case 'SequenceMissed':
      case 'NightClosed':
    }
  }

  isRunning(sequenceId: string): boolean {
    return this.#running.has(sequenceId)
  }

  /** The accounts that a request is charged to; none for one that is unknown or withdrawn. */
  accountsOf(requestId: string, period: string): readonly Account[] {
    const owner = this.#owners.get(requestId)
    if (!owner) return []
    const { userId, country, programmeId } = owner
    return [
      { level: 'user', id: userId, period },
      ...(country === null ? [] : [{ level: 'country', id: country, period } as const]),
      { level: 'programme', id: programmeId, period },
    ]
  }

  /** Whether a sequence counted as observed with that attempt: with the images of those before it that did not suffice. */
  wasObservedBy({ requestId, sequenceId, attempt }: Ended): boolean {
    const least = this.#owners.get(requestId)?.leastShares.get(sequenceId) ?? leastShareOf(0)
    let left = 1
    let observed = false
    const attempts = [...(this.#attempts.get(sequenceId) ?? [])].toSorted(([a], [b]) => a - b)
    for (const [, ended] of attempts.filter(([number]) => number <= attempt)) {
      left = leftAfter(observed ? 1 : left, ended)
      observed = isAcceptable(left, least)
    }
    return observed
  }

  #take(ended: Ended): void {
    const attempts = this.#attempts.get(ended.sequenceId) ?? new Map<number, Ended>()
    this.#attempts.set(ended.sequenceId, attempts.set(ended.attempt, ended))
  }
}
