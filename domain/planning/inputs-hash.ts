import { canonicalJson } from '../shared/canonical-json.ts'
import { sha256 } from '../shared/hash.ts'
import type { PlanInput } from './input.ts'
import { plannerVersion } from './rules.ts'

/** SHA-256, in hex, of all that a plan rests on, rules and planner version with it: the same hash is the same plan. */
export const inputsHash = (input: PlanInput): string =>
  sha256(canonicalJson({ plannerVersion, input })).toString('hex')
