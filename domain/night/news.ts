import type { Flag } from '#domain/environment/events.ts'
import { isEnvironmentEvent } from '#domain/environment/sentences.ts'
import { isNews, sentenceOf } from '#domain/sentences.ts'
import type { Recorded } from '#domain/shared/event.ts'

const keyOf = ({ code, device, value }: Flag): string => `${code} ${device}${value ? `/${value}` : ''}`

/** Tells of each event of a night what it changes, and what it says if that is nothing. */
export class News {
  #flags = new Map<string, string>()

  /** A sentence for each change; none for one more of many. */
  of(event: Recorded): string[] {
    const flags = this.#flagsOf(event)
    return isNews(event) ? [sentenceOf(event) ?? event.type, ...flags] : flags
  }

  /** Flags stand in every assessment; only their coming and going is news. */
  #flagsOf(event: Recorded): string[] {
    if (!isEnvironmentEvent(event) || event.type !== 'EnvironmentAssessed') return []
    const before = this.#flags
    this.#flags = new Map(event.data.flags.map((flag) => [keyOf(flag), flag.detail]))
    const raised = [...this.#flags].filter(([key]) => !before.has(key))
    const gone = [...before.keys()].filter((key) => !this.#flags.has(key))
    return [
      ...raised.map(([key, detail]) => `flag ${key}: ${detail}`),
      ...gone.map((key) => `flag ${key} is gone`),
    ]
  }
}
