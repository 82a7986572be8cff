import { type AlertChange, parseAlertChange } from './alert-change.ts'
import { parseTimeline } from './timeline.ts'

/** What the alert simulator plays, in order of time. */
export type AlertScenario = {
  /** How many iterations it lasts; Infinity where nothing ends it. */
  readonly iterations: number
  readonly repeat: boolean
  readonly changes: readonly { readonly time: number; readonly change: AlertChange }[]
}

/** Reads what of a scenario is the alert simulator's (P21). */
export const parseAlertScenario = (json: unknown): AlertScenario => {
  const { head, entries } = parseTimeline(json)
  return {
    iterations: head.iterations,
    repeat: head.repeat,
    changes: entries
      .filter(({ simulator }) => simulator === 'alertSimulator')
      .map(({ index, time, does }) => ({ time, change: parseAlertChange(does, index) })),
  }
}
