import { z } from 'zod'
import { statusNames } from './plc-status.ts'

/** A scenario that cannot be played. `index` is the place in the array, 0 being the head; null is the file as a whole. */
export class ScenarioError extends Error {
  readonly index: number | null
  constructor(index: number | null, detail: string) {
    super(index === null ? `the scenario: ${detail}` : `scenario element ${index}: ${detail}`)
    this.name = 'ScenarioError'
    this.index = index
  }
}

const iterationCount = z.int().positive()

const headSchema = z.strictObject({
  /** How many iterations it lasts (P19). */
  iterations: iterationCount,
  /** Plays again from the start instead of ending. */
  repeat: z.boolean().default(false),
  /** Which shipped status it starts from. */
  status: z.enum(statusNames).optional(),
  /** Whether the PLC's own date moves. PYROS's stands still in 2017 (P9). */
  clock: z.enum(['standing', 'advancing']).default('standing'),
  /** Whether measured values move a little from one iteration to the next, as real ones do. */
  wander: z.boolean().default(false),
  seed: z.int().default(1),
})

const simulatorKeys = [
  'plcSimulator',
  'userSimulator',
  'alertSimulator',
  'telescopeSimulator',
  'domeSimulator',
  'visibleCameraSimulator',
  'infraredCameraSimulator',
] as const
export type SimulatorKey = (typeof simulatorKeys)[number]

const entrySchema = z
  .strictObject({
    time: z.int().nonnegative(),
    plcSimulator: z.unknown().optional(),
    userSimulator: z.unknown().optional(),
    alertSimulator: z.unknown().optional(),
    telescopeSimulator: z.unknown().optional(),
    domeSimulator: z.unknown().optional(),
    visibleCameraSimulator: z.unknown().optional(),
    infraredCameraSimulator: z.unknown().optional(),
  })
  .refine((entry) => simulatorKeys.filter((key) => key in entry).length === 1, {
    error: `wants exactly one of ${simulatorKeys.join(', ')}`,
  })

export type ScenarioHead = z.output<typeof headSchema>
/** What one simulator is to do at an iteration. `index` is the place in the file. */
type ScenarioEntry = { index: number; time: number; simulator: SimulatorKey; does: unknown }
export type Timeline = { head: ScenarioHead; entries: readonly ScenarioEntry[] }

/** Reads what all simulators share of a scenario (P18), in order of time; each then takes its own key (P21). */
export const parseTimeline = (json: unknown): Timeline => {
  if (!Array.isArray(json) || json.length === 0) {
    throw new ScenarioError(null, 'must be an array: first the number of iterations, then the entries')
  }
  const [first, ...rest]: unknown[] = json
  const head = checked(headSchema, typeof first === 'number' ? { iterations: first } : first, 0)
  const entries = rest.map((entry, i) => entryOf(entry, i + 1, head.iterations))
  return { head, entries: entries.toSorted((a, b) => a.time - b.time) }
}

const entryOf = (json: unknown, index: number, iterations: number): ScenarioEntry => {
  const entry = checked(entrySchema, json, index)
  if (entry.time >= iterations) {
    throw new ScenarioError(index, `time ${entry.time} never comes: the last iteration is ${iterations - 1}`)
  }
  const simulator = simulatorKeys.find((key) => key in entry) ?? 'plcSimulator'
  return { index, time: entry.time, simulator, does: entry[simulator] }
}

/** Reads one element or refuses it by its index, naming the key that is wrong and what would be right (P24). */
export const checked = <T extends z.ZodType>(schema: T, json: unknown, index: number): z.output<T> => {
  const { data, error } = schema.safeParse(json)
  if (!error) return data
  throw new ScenarioError(index, error.issues.map((issue) => inWords(issue, schema)).join('; '))
}

const inWords = ({ code, path, message }: z.core.$ZodIssue, schema: z.ZodType) => {
  const where = path.length > 0 ? `${path.join('.')}: ` : ''
  const allowed =
    code === 'unrecognized_keys' && schema instanceof z.ZodObject
      ? ` (allowed: ${Object.keys(schema.shape).join(', ')})`
      : ''
  return `${where}${message}${allowed}`
}
