import type { EventStore } from '#commands/event-store.ts'
import type { Desk } from '#domain/planning/desk/desk.ts'
import type { Memory } from '#domain/planning/desk/next-work.ts'
import type { PlannerSettings } from '#domain/planning/desk/plan-input.ts'
import type { Planned } from '#domain/planning/desk/planned.ts'
import {
  type Answer,
  isEnoughBetter,
  isWorthPublishing,
  publicationOf,
} from '#domain/planning/desk/publication.ts'
import { isBeyond, revisionOf } from '#domain/planning/desk/standing.ts'
import type { SchedulePublished } from '#domain/planning/events.ts'
import type { DeskReader } from './desk-reader.ts'
import { publishSchedule } from './publish.ts'
import type { Reasons } from './reasons.ts'
import type { PlannerOutcome } from './run-planner.ts'

/** When a plan goes on record: when it says something new, in any case, or when it is better by rule. */
export type When = 'new' | 'always' | 'better'

type Parts = {
  readonly store: EventStore
  readonly settings: PlannerSettings
  readonly onOutcome: (outcome: PlannerOutcome) => void
  readonly reader: DeskReader
  readonly reasons: Reasons
  readonly signal: AbortSignal
}

/** Where plans go on record. Answering resolves with whether this one did, and only once the reader knows. */
export class Answers {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async give(desk: Desk, planned: Planned, answer: Answer, when: When): Promise<boolean> {
    const { store, settings, onOutcome, reader, reasons, signal } = this.#parts
    const { night, asks, at } = answer
    const data = publicationOf(desk, planned, answer)
    const newest = asks.at(-1)
    if (!newest || !this.#isWanted(desk, data, answer, when)) {
      onOutcome({ kind: 'unchanged', night })
      return false
    }
    const expected = revisionOf(desk, night)
    reasons.keep(planned)
    await publishSchedule(store, data, newest, { site: settings.site.id, night, at, expected })
    onOutcome({ kind: 'published', night, version: data.scheduleVersion, placed: data.placed.length })
    await reader.until(isBeyond(night, expected), signal)
    return true
  }

  #isWanted(desk: Desk, data: SchedulePublished['data'], answer: Answer, when: When): boolean {
    switch (when) {
      case 'always':
        return true
      case 'better':
        return isEnoughBetter(desk, data, answer.night, this.#parts.settings.rules.changeGain)
      case 'new':
        return isWorthPublishing(desk, data, answer)
    }
  }
}

/** What to remember of asks that no plan had to be published for. */
export const answeredWithout = (memory: Memory, { asks }: Answer): Memory => ({
  ...memory,
  answered: new Set([...memory.answered, ...asks.map(({ eventId }) => eventId)]),
})
