import { canonicalJson } from '#domain/shared/canonical-json.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { EnvironmentCommand } from './commands.ts'
import { environment } from './decider.ts'
import type { EnvironmentEvent } from './events.ts'
import type { SafetyRules } from './limits.ts'
import { type OpenMinutes, OpenTime } from './open-time.ts'
import { commandOf, type RecordedPoll } from './recorded-poll.ts'
import { silentPoll, staleMoments } from './silence.ts'
import type { EnvironmentState } from './state.ts'
import { stateOf, type VerdictDifference, VerdictDifferences } from './verdict-differences.ts'

/** The first event that judging anew does not give as it was recorded. */
export type Deviation = {
  readonly at: Instant
  readonly recorded: string | null
  readonly judged: string | null
}

export type Counterfactual = {
  readonly from: Instant | null
  readonly to: Instant | null
  readonly polls: number
  readonly rules: { readonly recorded: readonly string[]; readonly base: string; readonly whatIf: string }
  readonly openMinutes: OpenMinutes
  readonly differences: readonly VerdictDifference[]
  /** Null when every event came out as it was recorded, which the recorded rules must do. */
  readonly deviation: Deviation | null
}

type Options = {
  /** The state that the night before left. */
  readonly before: EnvironmentState
  /** The rules in force, by which the recorded verdicts are explained. */
  readonly base: SafetyRules
  readonly rules: SafetyRules
}

const deviationIn = ({ at, events }: RecordedPoll, judged: readonly EnvironmentEvent[]): Deviation | null => {
  const count = Math.max(events.length, judged.length)
  for (let i = 0; i < count; i++) {
    const [was, is] = [events[i], judged[i]]
    const same = was && is && was.type === is.type && canonicalJson(was.data) === canonicalJson(is.data)
    if (!same) return { at, recorded: was?.type ?? null, judged: is?.type ?? null }
  }
  return null
}

/** Judges recorded polls anew under other rules, one after the other, and keeps what would have been different. */
export class WhatIf {
  readonly #base: SafetyRules
  readonly #rules: SafetyRules
  readonly #open = new OpenTime()
  readonly #differences = new VerdictDifferences()
  readonly #versions = new Set<string>()
  #recorded: EnvironmentState
  #whatIf: EnvironmentState
  #from: Instant | null = null
  #at: Instant | null = null
  #polls = 0
  #deviation: Deviation | null = null

  constructor({ before, base, rules }: Options) {
    this.#recorded = before
    this.#whatIf = before
    this.#base = base
    this.#rules = rules
  }

  add(poll: RecordedPoll): void {
    for (const at of staleMoments(this.#recorded, this.#base, this.#rules)) {
      if (this.#at === null || at <= this.#at || at >= poll.at) continue
      this.#passUntil(at)
      this.#judge(silentPoll(at, poll.night, this.#rules))
      this.#reached(at)
    }
    this.#passUntil(poll.at)
    const judged = this.#judge(commandOf(poll, this.#rules))
    this.#deviation ??= deviationIn(poll, judged)
    for (const event of poll.events) this.#recorded = environment.evolve(this.#recorded, event, poll.at)
    if (poll.rulesVersion !== undefined) this.#versions.add(poll.rulesVersion)
    this.#polls += 1
    this.#reached(poll.at)
  }

  result(): Counterfactual {
    return {
      from: this.#from,
      to: this.#at,
      polls: this.#polls,
      rules: {
        recorded: [...this.#versions],
        base: this.#base.rulesVersion,
        whatIf: this.#rules.rulesVersion,
      },
      openMinutes: this.#open.result(),
      differences: this.#differences.upTo(this.#at),
      deviation: this.#deviation,
    }
  }

  #judge(command: EnvironmentCommand): readonly EnvironmentEvent[] {
    const events = environment.decide(command, this.#whatIf)
    for (const event of events) this.#whatIf = environment.evolve(this.#whatIf, event, command.at)
    return events
  }

  /** What both said until now holds up to `until`. */
  #passUntil(until: Instant): void {
    if (this.#at === null) return
    const states = { recorded: stateOf(this.#recorded), whatIf: stateOf(this.#whatIf) }
    this.#open.add(this.#at, until, states, this.#recorded.linkLostAt !== null)
  }

  #reached(at: Instant): void {
    this.#from ??= at
    this.#at = at
    const recorded = { state: this.#recorded, rules: this.#base }
    this.#differences.compare(at, recorded, { state: this.#whatIf, rules: this.#rules })
  }
}
