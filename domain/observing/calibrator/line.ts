import { z } from 'zod'
import type { Detector } from '#domain/requests/sequence.ts'
import type { CalibrationKind } from '../calibration-events.ts'
import { type FlatLight, firstFlatS, isUsable, nextFlat } from './exposure-time.ts'

/** So many frames of a kind. */
export type Task = {
  readonly kind: CalibrationKind
  /** Null to leave the wheel as it is. */
  readonly filter: string | null
  /** Null for what the light decides. */
  readonly exposureS: number | null
  readonly frames: number
}

/** What a conversation that is over was about. */
export type Done = {
  readonly step: number
  /** Null for a filter. */
  readonly frame: {
    readonly kind: CalibrationKind
    readonly exposureS: number
    readonly number: number
    readonly usable: boolean
  } | null
}

/** What one camera has to do. Its first task is the one it is at. */
export type Line = {
  readonly detector: Detector
  readonly tasks: readonly Task[]
  readonly filterSet: boolean
  /** Of the next flat. */
  readonly flatS: number
  /** Frames of the first task, and those of them that are of use. */
  readonly taken: number
  readonly usable: number
  /** Conversations begun before the one it is at, which gives each its name. */
  readonly step: number
  readonly last: Done | null
  /** The light is not right yet. */
  readonly waiting: boolean
}

export const lineOf = (detector: Detector, tasks: readonly Task[]): Line => ({
  detector,
  tasks,
  filterSet: false,
  flatS: firstFlatS,
  taken: 0,
  usable: 0,
  step: 0,
  last: null,
  waiting: false,
})

/** Nothing left to do: it is through, or it failed. */
export const ended = (line: Line): Line => ({ ...line, tasks: [], waiting: false })

/** The filter that has to be set before the next frame; null when none has. */
export const filterWanted = ({ filterSet }: Line, { filter }: Task): string | null =>
  filterSet ? null : filter

export const exposureOf = ({ flatS }: Line, { exposureS }: Task): number => exposureS ?? flatS

/** What a camera says about its frame. */
export const frameSchema = z.object({
  file: z.string(),
  sha256: z.string(),
  bytes: z.int().positive(),
  startedAt: z.iso.datetime(),
  filter: z.string(),
  levelCounts: z.number().nullable().default(null),
  detectorTemperatureC: z.number().nullable().default(null),
})

/** A task that does not come to its frames is given up after so many times as many. */
const patience = 3

const isThrough = ({ taken, usable }: Line, { frames }: Task): boolean =>
  usable >= frames || taken >= frames * patience

const nextTask = (line: Line): Line => ({
  ...line,
  tasks: line.tasks.slice(1),
  filterSet: false,
  taken: 0,
  usable: 0,
})

/** In the evening it gets darker, in the morning brighter: too much of that is the end, too little is waited for. */
const inLight = (line: Line, light: FlatLight, getsDarker: boolean): Line => {
  if (light === 'right') return line
  return light === (getsDarker ? 'too-dark' : 'too-bright') ? ended(line) : { ...line, waiting: true }
}

const afterFlat = (line: Line, task: Task, levelCounts: number | null, getsDarker: boolean): Line => {
  const { exposureS: flatS, light } = nextFlat(levelCounts, line.flatS)
  const then = { ...line, flatS }
  if (isThrough(then, task)) return nextTask(then)
  return isUsable(levelCounts) ? then : inLight(then, light, getsDarker)
}

/** The conversation that it was at came to its good end. */
export const advanced = (line: Line, result: unknown, getsDarker: boolean): Line => {
  const [task] = line.tasks
  if (!task) return line
  const { step } = line
  if (filterWanted(line, task) !== null)
    return { ...line, filterSet: true, step: step + 1, last: { step, frame: null } }
  const levelCounts = frameSchema.safeParse(result).data?.levelCounts ?? null
  const usable = task.kind !== 'flat' || isUsable(levelCounts)
  const taken = line.taken + 1
  const frame = { kind: task.kind, exposureS: exposureOf(line, task), number: taken, usable }
  const next = {
    ...line,
    step: step + 1,
    taken,
    usable: line.usable + (usable ? 1 : 0),
    last: { step, frame },
  }
  if (task.kind === 'flat') return afterFlat(next, task, levelCounts, getsDarker)
  return isThrough(next, task) ? nextTask(next) : next
}
