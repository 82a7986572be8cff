import type { EventStore } from '#commands/event-store.ts'
import type { Ask, Desk, Standing } from '#domain/planning/desk/desk.ts'
import { explanationPages } from '#domain/planning/desk/explanation-pages.ts'
import { insertableAlerts, type Memory, type Work } from '#domain/planning/desk/next-work.ts'
import {
  candidateOf,
  type Occasion,
  type PlannerSettings,
  planInputFor,
} from '#domain/planning/desk/plan-input.ts'
import type { Planned } from '#domain/planning/desk/planned.ts'
import type { Answer } from '#domain/planning/desk/publication.ts'
import { closuresAt } from '#domain/planning/desk/roof.ts'
import { askedAgain, isBeyond, standingOf } from '#domain/planning/desk/standing.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { type Instant, instantOf } from '#domain/shared/time.ts'
import { Answers, answeredWithout, type When } from './answers.ts'
import { askSchedule } from './ask-schedule.ts'
import type { DeskReader } from './desk-reader.ts'
import type { Planner } from './planner.ts'
import { explainSchedule, plannerActor } from './publish.ts'
import { Reasons } from './reasons.ts'
import type { PlannerOutcome } from './run-planner.ts'

type Parts = {
  readonly store: EventStore
  readonly planner: Planner
  readonly clock: Clock
  readonly settings: PlannerSettings
  readonly onOutcome: (outcome: PlannerOutcome) => void
}

const latestEnd = (desk: Desk, at: Instant): Instant | null =>
  closuresAt(desk.roof, at)
    .map(({ until }) => until)
    .toSorted()
    .at(-1) ?? null

/** Does one piece of the planner's work and gives what to remember of it. */
export class Planning {
  readonly #parts: Parts
  readonly #reader: DeskReader
  readonly #signal: AbortSignal
  readonly #reasons: Reasons
  readonly #answers: Answers

  constructor(parts: Parts, reader: DeskReader, signal: AbortSignal) {
    this.#parts = parts
    this.#reader = reader
    this.#signal = signal
    this.#reasons = new Reasons(parts)
    this.#answers = new Answers({ ...parts, reader, reasons: this.#reasons, signal })
  }

  async perform(work: Exclude<Work, { kind: 'wait' }>, memory: Memory, at: Instant): Promise<Memory> {
    switch (work.kind) {
      case 'begin-night':
        await this.#beginNight(work.night, at)
        return memory
      case 'insert-alert':
        return this.#insert(work.night, work.asks, memory, at)
      case 'plan':
        return this.#plan({ night: work.night, asks: work.asks, at }, memory, 'new')
      case 'explain':
        return this.#explain(work.standing, memory, at)
      case 'improve': {
        const { night, eventId } = work.standing
        const after = await this.#plan({ night, asks: askedAgain(work.standing), at }, memory, 'better')
        return after === memory ? memory : { ...after, improved: eventId }
      }
    }
  }

  async #beginNight(night: string, at: Instant): Promise<void> {
    const { store, settings } = this.#parts
    const site = settings.site.id
    const { eventId } = await askSchedule(store, {
      askId: uuidFrom(`schedule/${site}/${night}/night-start`, noctuaryNamespace),
      why: 'night-start',
      detail: `no plan of the night of ${night} yet`,
      keep: false,
      at,
      night,
      site,
      actor: plannerActor,
    })
    await this.#reader.until(
      ({ asks, standing }) => standing?.night === night || asks.some((ask) => ask.eventId === eventId),
      this.#signal,
    )
  }

  async #plan(
    about: { readonly night: string; readonly asks: readonly Ask[]; readonly at: Instant },
    memory: Memory,
    when: When,
  ): Promise<Memory> {
    const { night, asks, at } = about
    const { desk, position } = this.#reader
    const keep = asks.every((ask) => ask.keep)
    const occasion: Occasion = { night, at, keep, previous: standingOf(desk, night)?.placed ?? [] }
    const input = planInputFor(desk, occasion, this.#parts.settings)
    const planning = this.#parts.planner.plan(input, memory.base?.hash ?? null)
    const planned = await this.#unlessAlerted(planning, memory)
    // An alert goes first; what was asked for besides is asked for still.
    if (!planned) return memory
    const byRoof = asks.some(({ why }) => why === 'weather' || why === 'conditions')
    const after: Memory = {
      ...memory,
      base: { hash: planned.inputsHash, night },
      roofPlannedAt: byRoof ? at : memory.roofPlannedAt,
      closedUntil: latestEnd(desk, at),
    }
    const answer: Answer = { ...about, method: 'whole', basedOn: position }
    if (await this.#answers.give(desk, planned, answer, when)) return after
    // What is no better is not followed: an alert goes into the plan that is.
    return answeredWithout(when === 'better' ? { ...after, base: memory.base } : after, answer)
  }

  /** What is being planned; null as soon as an alert can be put into the plan before. */
  async #unlessAlerted(planning: Promise<Planned>, memory: Memory): Promise<Planned | null> {
    const { clock, settings } = this.#parts
    // Its failure is told by whoever waits for it; after an alert nobody does.
    planning.catch(() => {})
    for (;;) {
      const changed = this.#reader.changed()
      if (this.#signal.aborted) return planning
      const at = instantOf(clock.now())
      if (insertableAlerts(this.#reader.desk, memory, at, settings.site).length > 0) return null
      const planned = await Promise.race([planning, changed])
      if (planned) return planned
    }
  }

  async #insert(night: string, asks: readonly Ask[], memory: Memory, at: Instant): Promise<Memory> {
    const { desk, position } = this.#reader
    const requests = new Set(asks.map(({ requestId }) => requestId))
    const alerts = [...desk.open.values()].filter(({ requestId }) => requests.has(requestId)).map(candidateOf)
    const planned = await this.#parts.planner.insertAlerts(memory.base?.hash ?? '', alerts, at)
    // Without its base the next round plans the whole night.
    if (!planned) return { ...memory, base: null }
    const after = { ...memory, base: { hash: planned.inputsHash, night } }
    const answer: Answer = { night, asks, method: 'alert-inserted', basedOn: position, at }
    return (await this.#answers.give(desk, planned, answer, 'new')) ? after : answeredWithout(after, answer)
  }

  async #explain(standing: Standing, memory: Memory, at: Instant): Promise<Memory> {
    const reasons = await this.#reasons.of(standing, this.#reader.desk)
    // The log has moved on since the plan was made by a planner that died: only another plan can be explained.
    if (!reasons)
      return this.#plan({ night: standing.night, asks: askedAgain(standing), at }, memory, 'always')
    const { store, settings } = this.#parts
    const pages = explanationPages(standing.scheduleVersion, reasons).slice(standing.pagesExplained)
    const about = { site: settings.site.id, night: standing.night, at: standing.publishedAt }
    const revision = await explainSchedule(store, pages, standing, about)
    await this.#reader.until(isBeyond(standing.night, revision - 1n), this.#signal)
    return memory
  }
}
