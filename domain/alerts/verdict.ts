import { z } from 'zod'

const gateNames = [
  'authority',
  'kind',
  'test',
  'drill',
  'retracted',
  'position',
  'error-radius',
  'age',
  'false-alarm',
  'false-alarm-rate',
  'signal-to-noise',
  'significance',
  'galactic-latitude',
  'visibility',
  'rate',
  'mission-rate',
] as const

/** One gate: what was asked, the figure found, the limit it was held against, and a sentence of both. */
export const gateVerdictSchema = z.object({
  gate: z.enum(gateNames),
  passed: z.boolean(),
  figure: z.union([z.number(), z.string(), z.boolean()]).nullable(),
  limit: z.union([z.number(), z.string(), z.boolean()]).nullable(),
  unit: z.string(),
  text: z.string(),
  /** Shut for now: a later notice may open it. */
  mayPassLater: z.boolean(),
})

/** What one strategy says of a trigger. */
export const verdictSchema = z.object({
  strategy: z.string(),
  strategyVersion: z.int().positive(),
  outcome: z.enum(['observe', 'ignore', 'wait']),
  reason: z.string(),
  gates: z.array(gateVerdictSchema),
})

export type GateVerdict = z.output<typeof gateVerdictSchema>
export type StrategyVerdict = z.output<typeof verdictSchema>
