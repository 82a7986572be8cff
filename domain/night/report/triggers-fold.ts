import type { TriggerEvent } from '#domain/alerts/events.ts'
import type { ObservingEvent } from '#domain/observing/events.ts'
import type { SchedulePublished } from '#domain/planning/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { AlertsAccount } from './alerts-schema.ts'

type Trigger = AlertsAccount['triggers'][number]
type Latency = NonNullable<Trigger['latency']>
type Known = { readonly trigger: Trigger; receivedAt: Instant; requestedFrom: Instant | null }
type Judged = Extract<TriggerEvent, { type: 'TriggerJudged' }>['data']

const mostTriggers = 300

/** The gate that decided against it: of the strategy that had the last word, or of the last that was asked. */
const refusedBy = ({ outcome, strategy, verdicts }: Judged): Trigger['refusedBy'] => {
  if (outcome === 'observe') return null
  const deciding = verdicts.find((verdict) => verdict.strategy === strategy) ?? verdicts.at(-1)
  const gate = deciding?.gates.find(({ passed }) => !passed)
  if (!gate) return null
  const { gate: name, figure, limit, unit, text } = gate
  return { gate: name, figure, limit, unit, text }
}

/** What became of each trigger, and how soon. */
export class TriggersFold {
  readonly #triggers = new Map<string, Known>()
  readonly #byRequest = new Map<string, Known>()
  readonly #omitted = new Set<string>()
  #retractions = 0
  #coincidences = 0

  add(event: Recorded<TriggerEvent>): void {
    if (event.type === 'TriggerRetracted') this.#retractions += 1
    if (event.type === 'TriggersCoincided') this.#coincidences += 1
    const known = this.#known(event)
    if (!known) return
    const { trigger } = known
    switch (event.type) {
      case 'TriggerOpened':
      case 'TriggerRefined':
      case 'TriggerNoticeAdded':
      case 'TriggerRetracted':
      case 'TriggerUnretracted':
        trigger.notices += 1
        trigger.retracted = event.data.effective.state === 'retracted'
        known.receivedAt = event.data.receivedAt
        break
      case 'TriggerJudged': {
        const { outcome, reason, strategy } = event.data
        Object.assign(trigger, {
          outcome,
          reason,
          strategy,
          refusedBy: refusedBy(event.data),
          eventId: event.id,
        })
        break
      }
      case 'AlertRequestMade':
        this.#requested(known, event.data.requestId, event.metadata.occurredAt)
        break
      case 'AlertRequestWithdrawn':
        trigger.withdrawn = event.data.why
        break
      case 'AlertCancelled':
        trigger.withdrawn = `cancelled: ${event.data.why}`
        break
      case 'AlertRequestRevised':
      case 'TriggerNoticeRefused':
      case 'TriggersCoincided':
        break
    }
  }

  #known({ id, data: { trigger, mission }, metadata: { occurredAt } }: Recorded<TriggerEvent>): Known | null {
    const before = this.#triggers.get(trigger)
    if (before) return before
    if (this.#triggers.size >= mostTriggers) {
      if (this.#omitted.size < mostTriggers) this.#omitted.add(trigger)
      return null
    }
    const known: Known = {
      receivedAt: occurredAt,
      requestedFrom: null,
      trigger: {
        trigger,
        mission,
        openedAt: occurredAt,
        notices: 0,
        retracted: false,
        outcome: null,
        reason: null,
        strategy: null,
        refusedBy: null,
        requestId: null,
        withdrawn: null,
        latency: null,
        eventId: id,
      },
    }
    this.#triggers.set(trigger, known)
    return known
  }

  #requested(known: Known, requestId: string, at: Instant): void {
    if (known.requestedFrom !== null) return
    known.requestedFrom = known.receivedAt
    known.trigger.requestId = requestId
    known.trigger.latency = { requestedS: null, scheduledS: null, startedS: null, firstImageS: null }
    known.trigger.withdrawn = null
    this.#byRequest.set(requestId, known)
    this.#after(requestId, 'requestedS', at)
  }

  /** The first of each kind counts. */
  #after(requestId: string, what: keyof Latency, at: Instant): void {
    const known = this.#byRequest.get(requestId)
    const latency = known?.trigger.latency
    if (!known?.requestedFrom || !latency || latency[what] !== null) return
    latency[what] = Math.round(secondsBetween(known.requestedFrom, at) * 1000) / 1000
  }

  schedule({ data: { placed }, metadata: { occurredAt } }: Recorded<SchedulePublished>): void {
    if (this.#byRequest.size === 0) return
    for (const { requestId } of placed) this.#after(requestId, 'scheduledS', occurredAt)
  }

  observing({ type, data, metadata }: Recorded<ObservingEvent>): void {
    if (type === 'ObservationStarted') this.#after(data.requestId, 'startedS', metadata.occurredAt)
    if (type === 'ImageAcquired') this.#after(data.requestId, 'firstImageS', data.startedAt)
  }

  get account(): Omit<AlertsAccount, 'notices'> {
    return {
      triggers: [...this.#triggers.values()].map(({ trigger }) => trigger),
      triggersOmitted: this.#omitted.size,
      retractions: this.#retractions,
      coincidences: this.#coincidences,
    }
  }
}
