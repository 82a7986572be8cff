import { loadEnvironment } from '#commands/environment/load-environment.ts'
import type { EventStore } from '#commands/event-store.ts'
import type { SafetyRules } from '#domain/environment/limits.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import { type Counterfactual, WhatIf } from '#domain/environment/what-if.ts'
import { nightBefore } from '#domain/shared/night.ts'
import { type NightName, NightUnknown } from './night-events.ts'
import type { NightLog } from './night-log.ts'
import { recordedPolls } from './recorded-polls.ts'

type Parts = {
  readonly store: EventStore
  readonly log: NightLog
  /** The rules in force. */
  readonly base: SafetyRules
  readonly rules: SafetyRules
  readonly signal?: AbortSignal
}

/**
 * Judges the recorded readings of a night under other rules, from the state that the nights before left. Writes nothing.
 * Throws {@link NightUnknown} for a night without readings and `UndecodableEvent` for events of a newer program.
 */
export const judgeAnew = async (
  { site, night }: NightName,
  { store, log, base, rules, signal }: Parts,
): Promise<Counterfactual> => {
  let whatIf: WhatIf | null = null
  for await (const poll of recordedPolls(log.readForwards(environmentStream(site, night)))) {
    signal?.throwIfAborted()
    if (!whatIf) {
      const { state: before } = await loadEnvironment(store, site, { at: poll.at, night: nightBefore(night) })
      whatIf = new WhatIf({ before, base, rules })
    }
    whatIf.add(poll)
  }
  if (!whatIf) throw new NightUnknown({ site, night })
  return whatIf.result()
}
