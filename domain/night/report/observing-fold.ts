import type { ObservingEvent } from '#domain/observing/events.ts'
import type { SchedulePublished } from '#domain/planning/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { ObservingAccount } from './observing-schema.ts'
import { Tally } from './tally.ts'

type Observation = ObservingAccount['observations'][number]
type Of<Type extends ObservingEvent['type']> = Recorded<Extract<ObservingEvent, { type: Type }>>

const mostMissed = 500

/** What became of each observation and of what was never begun. */
export class ObservingFold {
  readonly #observations: Observation[] = []
  #running: Observation | null = null
  /** What the newest plan calls its sequences; a request may be of another night. */
  #names: ReadonlyMap<string, string> = new Map()
  readonly #missed: ObservingAccount['missed'] = []
  readonly #missedByWhy = new Tally()
  readonly #abortedByWhy = new Tally()
  readonly #exposureS = new Tally()
  #images = 0

  get observing(): boolean {
    return this.#running !== null
  }

  schedule({ data: { placed } }: Recorded<SchedulePublished>): void {
    this.#names = new Map(placed.map(({ sequenceId, name }) => [sequenceId, name]))
  }

  add(event: Recorded<ObservingEvent>): void {
    switch (event.type) {
      case 'ObservationStarted':
        this.#start(event)
        break
      case 'ImageAcquired':
        this.#image(event)
        break
      case 'ObservationFinished':
      case 'ObservationAborted':
        this.#end(event)
        break
      case 'SequenceMissed':
        this.#miss(event)
        break
      case 'PlanStarted':
      case 'PlanFinished':
        break
    }
  }

  #nameOf(sequenceId: string): string {
    return this.#names.get(sequenceId) ?? sequenceId
  }

  #start({ id, data, metadata }: Of<'ObservationStarted'>): void {
    const { sequenceId, requestId, attempt, scheduleVersion, imagesExpected } = data
    // One at a time: whatever ran has ended without saying so.
    if (this.#running) this.#running.outcome = 'no-end'
    this.#running = {
      sequenceId,
      requestId,
      name: this.#nameOf(sequenceId),
      attempt,
      scheduleVersion,
      from: metadata.occurredAt,
      to: null,
      outcome: 'running',
      why: null,
      detail: null,
      imagesTaken: 0,
      imagesExpected,
      openShutterS: 0,
      eventId: id,
    }
    this.#observations.push(this.#running)
  }

  /** An image may come in after the end of its observation: it counts all the same. */
  #image({ data: { sequenceId, attempt, exposureS, detector } }: Of<'ImageAcquired'>): void {
    this.#images += 1
    this.#exposureS.add(detector, exposureS)
    const observation = this.#find(sequenceId, attempt)
    if (!observation) return
    observation.imagesTaken += 1
    observation.openShutterS += exposureS
  }

  #find(sequenceId: string, attempt: number): Observation | undefined {
    return this.#observations.findLast((one) => one.sequenceId === sequenceId && one.attempt === attempt)
  }

  #end({ id, type, data, metadata }: Of<'ObservationFinished' | 'ObservationAborted'>): void {
    const observation = this.#find(data.sequenceId, data.attempt)
    if (!observation) return
    if (observation === this.#running) this.#running = null
    const aborted = type === 'ObservationAborted'
    if (aborted) this.#abortedByWhy.add(data.why)
    Object.assign(observation, {
      to: metadata.occurredAt,
      outcome: aborted ? 'aborted' : 'finished',
      why: aborted ? data.why : null,
      detail: aborted ? data.detail : null,
      imagesExpected: data.imagesExpected,
      eventId: id,
    })
  }

  #miss({ id, data, metadata }: Of<'SequenceMissed'>): void {
    this.#missedByWhy.add(data.why)
    if (this.#missed.length < mostMissed)
      this.#missed.push({
        ...data,
        name: this.#nameOf(data.sequenceId),
        at: metadata.occurredAt,
        eventId: id,
      })
  }

  /** With how long it was dark so far, in seconds. */
  account(darkS: number): ObservingAccount {
    const exposureS = this.#exposureS.counts
    const openShutterS = Math.max(0, ...Object.values(exposureS))
    return {
      observations: this.#observations,
      missed: this.#missed,
      missedByWhy: this.#missedByWhy.counts,
      totals: {
        observations: this.#observations.length,
        finished: this.#observations.filter(({ outcome }) => outcome === 'finished').length,
        aborted: this.#abortedByWhy.sum,
        abortedByWhy: this.#abortedByWhy.counts,
        missed: this.#missedByWhy.sum,
        images: this.#images,
        exposureS,
        openShutterS,
        efficiency: darkS > 0 ? Math.round((openShutterS / darkS) * 1000) / 1000 : null,
      },
    }
  }
}
