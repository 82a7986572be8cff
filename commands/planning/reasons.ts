import type { Desk, Standing } from '#domain/planning/desk/desk.ts'
import { type PlannerSettings, planInputFor } from '#domain/planning/desk/plan-input.ts'
import type { Planned } from '#domain/planning/desk/planned.ts'
import type { ExplainedEntry } from '#domain/planning/events.ts'
import { inputsHash } from '#domain/planning/inputs-hash.ts'
import type { Planner } from './planner.ts'

type Parts = { readonly planner: Planner; readonly settings: PlannerSettings }

/** The reasons that belong to the plan in force: at hand, or found once more after whoever made the plan has died. */
export class Reasons {
  readonly #parts: Parts
  #newest: Planned | null = null

  constructor(parts: Parts) {
    this.#parts = parts
  }

  keep(planned: Planned): void {
    this.#newest = planned
  }

  /** Null when the log has moved on, so that the input of that plan cannot be had any more. */
  async of(standing: Standing, desk: Desk): Promise<readonly ExplainedEntry[] | null> {
    if (this.#newest?.inputsHash === standing.inputsHash) return this.#newest.unplaced
    const { planner, settings } = this.#parts
    const { night, publishedAt: at, before: previous } = standing
    const input = [true, false]
      .map((keep) => planInputFor(desk, { night, at, keep, previous }, settings))
      .find((one) => inputsHash(one) === standing.inputsHash)
    return input ? (await planner.plan(input, null)).unplaced : null
  }
}
