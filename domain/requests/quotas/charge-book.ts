import type { RequestContent } from '../events.ts'
import { acceptableShare } from './acceptability.ts'
import type { Account } from './events.ts'
import type { QuotaInput } from './inputs.ts'

type Owner = Pick<RequestContent, 'userId' | 'country' | 'programmeId'> & {
  /** By sequence. */
  readonly leastShares: ReadonlyMap<string, number>
}

const ownerOf = ({ userId, country, programmeId, sequences }: RequestContent): Owner => ({
  userId,
  country,
  programmeId,
  leastShares: new Map(
    // A share of 0 names no threshold.
    sequences.map(({ id, minQuality }) => [id, minQuality === 0 ? acceptableShare : minQuality]),
  ),
})

/** Who is charged for a request, and what is being observed: what the log says, folded in its order. Heeding twice is once. */
export class ChargeBook {
  // Grown in place: a copy at every request would make a start from a long log quadratic.
  readonly #owners = new Map<string, Owner>()
  readonly #running = new Set<string>()

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

  /** The share of its images from which on a sequence counts as observed, 0 to 1. */
  leastShareOf(requestId: string, sequenceId: string): number {
    return this.#owners.get(requestId)?.leastShares.get(sequenceId) ?? acceptableShare
  }
}
