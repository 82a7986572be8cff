import { z } from 'zod'

/** Changes whenever the same input could give another plan. Recorded with every plan. */
export const plannerVersion = 'planner-3'

const weightSchema = z.discriminatedUnion('kind', [
  /** W(p) = 2^((100 − p) / halving): ten steps of priority double the weight by default. */
  z.strictObject({ kind: z.literal('exponential'), halving: z.number().positive() }),
  /** W(p) = 101 − p. */
  z.strictObject({ kind: z.literal('linear') }),
])

/** What may be decided otherwise than we do; every one is recorded with the plan. */
export const rulesSchema = z.strictObject({
  weight: weightSchema.default({ kind: 'exponential', halving: 10 }),
  /** Worth grows with duration to this power: at 1 long mid-priority blocks push out short urgent ones. */
  durationPower: z.number().min(0).max(1).default(0.5),
  /** Starts are multiples of it, counted from the start of the night. */
  gridS: z.int().positive().max(300).default(30),
  /** What a task gains by staying near its place in the previous plan, as a share of its worth. */
  inertia: z.number().min(0).max(1).default(0.02),
  inertiaS: z.number().nonnegative().default(300),
  /** A new plan must be better than the old one, kept and completed, by this share. */
  changeGain: z.number().min(0).default(0.005),
  /** What starts within it, in the previous plan, stays; only alerts may disturb it. */
  freezeS: z.number().nonnegative().default(60),
  /** PYROS's rule: the set-up before an exposure lies inside the sequence's own window. */
  setupInsideWindow: z.boolean().default(false),
  /** Rounds of improvement after the first plan; the more the better, and the same plan on every machine. */
  effort: z.int().nonnegative().max(100_000).default(40),
  seed: z.int().nonnegative().default(1),
})

export type PlannerRules = z.output<typeof rulesSchema>

/** W(p) × (duration / 10 min)^power. */
export const worthOf = (
  priority: number,
  durationS: number,
  { weight, durationPower }: PlannerRules,
): number => {
  const weighed = weight.kind === 'linear' ? 101 - priority : 2 ** ((100 - priority) / weight.halving)
  return weighed * (durationS / 600) ** durationPower
}
