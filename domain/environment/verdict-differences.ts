import type { Instant } from '#domain/shared/time.ts'
import type { SafetyState } from './events.ts'
import type { SafetyRules } from './limits.ts'
import type { EnvironmentState } from './state.ts'
import { reasonsOf } from './verdict.ts'

type Side = { readonly state: SafetyState; readonly reasons: readonly string[] }

/** A stretch in which two verdicts were not the same. The reasons are those at its beginning. */
export type VerdictDifference = {
  readonly from: Instant
  readonly to: Instant
  readonly recorded: Side
  readonly whatIf: Side
}

/** One of the two ways to judge: what it made of the night so far, and by which rules. */
export type Judged = { readonly state: EnvironmentState; readonly rules: SafetyRules }

export const stateOf = ({ verdict }: EnvironmentState): SafetyState => verdict?.state ?? 'unknown'

const sideOf = ({ state, rules }: Judged, at: Instant): Side => ({
  state: stateOf(state),
  reasons: reasonsOf(state.quantities, rules, at).map(({ text }) => text),
})

/** Notes from when to when two verdicts were not the same. */
export class VerdictDifferences {
  readonly #ended: VerdictDifference[] = []
  #running: Omit<VerdictDifference, 'to'> | null = null

  compare(at: Instant, recorded: Judged, whatIf: Judged): void {
    const [was, would] = [stateOf(recorded.state), stateOf(whatIf.state)]
    const { recorded: before, whatIf: beforeIf } = this.#running ?? {}
    if (before?.state === was && beforeIf?.state === would) return
    if (this.#running) this.#ended.push({ ...this.#running, to: at })
    this.#running =
      was === would ? null : { from: at, recorded: sideOf(recorded, at), whatIf: sideOf(whatIf, at) }
  }

  /** All there were, one that still lasts up to `until`. */
  upTo(until: Instant | null): VerdictDifference[] {
    return this.#running && until ? [...this.#ended, { ...this.#running, to: until }] : [...this.#ended]
  }
}
