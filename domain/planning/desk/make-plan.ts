import { canonicalJson } from '#domain/shared/canonical-json.ts'
import { sha256 } from '#domain/shared/hash.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { ExplainedEntry } from '../events.ts'
import { explain } from '../explain.ts'
import type { Candidate, PlanInput } from '../input.ts'
import { inputsHash } from '../inputs-hash.ts'
import { secondsFrom } from '../night.ts'
import { type Planning, plan } from '../plan.ts'
import { remedyOf } from '../reasons/remedy.ts'
import { replanForAlert } from '../replan.ts'
import type { Planned } from './planned.ts'

/** A plan with all that is needed to put an alert into it. */
export type Made = { readonly planning: Planning; readonly planned: Planned }

const explainedBy = (planning: Planning): ExplainedEntry[] =>
  explain(planning).map(({ id, reason }) => ({
    sequenceId: id,
    code: reason.code,
    figures: { ...reason.figures },
    text: reason.text,
    remedy: remedyOf(reason),
  }))

const made = (planning: Planning, hash: string): Made => ({
  planning,
  planned: { plan: planning.plan, inputsHash: hash, unplaced: explainedBy(planning) },
})

export const makePlan = (input: PlanInput): Made => made(plan(input), inputsHash(input))

/** Alerts put into a plan, the lowest level first. The hash is of the plan before, the alerts and the instant. */
export const makeInserted = (
  { planning, planned }: Made,
  alerts: readonly Candidate[],
  at: Instant,
): Made | null => {
  const known = new Set(planning.prepared.candidates.map(({ candidate }) => candidate.id))
  const atS = Math.max(0, Math.ceil(secondsFrom(planning.prepared.night, at)))
  let next: Planning | null = planning
  for (const alert of alerts.toSorted(
    (a, b) => a.alertLevel - b.alertLevel || a.priority - b.priority || a.submitted - b.submitted,
  )) {
    if (known.has(alert.id) || next === null) return null
    next = replanForAlert(next, alert, atS)
  }
  if (next === null) return null
  const hash = sha256(canonicalJson({ base: planned.inputsHash, alerts, at })).toString('hex')
  return made(next, hash)
}
