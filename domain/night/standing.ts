import {
  type EnvironmentEvent,
  type QuantityName,
  quantityNames,
  type SafetyState,
} from '#domain/environment/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import type { Held } from './report-schema.ts'

/** Polls come every few seconds; weather is trusted for half a minute. Silence beyond that is not watching. */
const silenceMs = 30_000

/** A stretch of time in which the same held. */
export type Stretch = {
  readonly fromMs: number
  readonly toMs: number
  readonly state: Held
  readonly quantities: ReadonlyMap<QuantityName, SafetyState>
}

/** What the events say holds, and from one to the next for how long it did. */
export class Standing {
  #lastMs: number | null = null
  #state: SafetyState | null = null
  #linkLost = false
  readonly #quantities = new Map<QuantityName, SafetyState>()

  /** What held since the event before; then takes this one's word. */
  add(event: Recorded<EnvironmentEvent>): Stretch[] {
    const passed = this.until(epochMsOf(event.metadata.occurredAt))
    this.#take(event)
    return passed
  }

  /** What has held since the last event, as of an instant; nothing is known of the time before the first. */
  until(toMs: number): Stretch[] {
    const fromMs = this.#lastMs
    this.#lastMs = Math.max(toMs, fromMs ?? toMs)
    if (fromMs === null || toMs <= fromMs) return []
    const quantities = new Map(this.#quantities)
    const state = this.#state ?? 'unwatched'
    // A poll that gets no answer says so once; the silence after it is the line's, and the verdict is unknown by then.
    const watchedMs = this.#linkLost ? toMs : Math.min(toMs, fromMs + silenceMs)
    const watched: Stretch = { fromMs, toMs: watchedMs, state, quantities }
    return watchedMs === toMs
      ? [watched]
      : [watched, { fromMs: watchedMs, toMs, state: 'unwatched', quantities: new Map() }]
  }

  #take(event: Recorded<EnvironmentEvent>): void {
    switch (event.type) {
      case 'EnvironmentAssessed':
        this.#state = event.data.verdict.state
        for (const [name, { state }] of Object.entries(event.data.quantities)) this.#note(name, state)
        break
      case 'EnvironmentWentStale':
        for (const { quantity } of event.data.quantities) this.#quantities.set(quantity, 'unknown')
        break
      case 'SafetyVerdictGiven':
        this.#state = event.data.state
        for (const { quantity, state } of event.data.reasons) this.#quantities.set(quantity, state)
        break
      case 'PlcLinkLost':
        this.#linkLost = true
        break
      case 'PlcLinkRestored':
        this.#linkLost = false
        break
      case 'WeatherReadingRecorded':
      case 'SiteReadingRecorded':
      case 'PlcReplyRejected':
        break
    }
  }

  #note(name: string, state: SafetyState): void {
    const quantity = quantityNames.find((known) => known === name)
    if (quantity) this.#quantities.set(quantity, state)
  }
}
