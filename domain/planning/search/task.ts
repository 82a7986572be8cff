import type { Interval } from '../interval.ts'

/** Where something stands on the sky of the night: a unit vector of the equator and equinox of date. */
export type Direction = readonly [x: number, y: number, z: number]

/** sin(altitude) = `level` + `cos` cos θ + `sin` sin θ, where θ is the local sidereal angle. */
export type Wave = { readonly level: number; readonly cos: number; readonly sin: number }

/** A candidate as the search sees it: seconds from the night's start, a worth, and where it may start. */
export type Task = {
  readonly id: string
  /** Its place among all candidates: decides between twins. */
  readonly rank: number
  /** The objective at full quality. */
  readonly worth: number
  /** Of equals, what is pulled earlier the more. */
  readonly urgency: number
  readonly durationS: number
  readonly chargeS: number
  /** When the exposure may start. */
  readonly starts: readonly Interval[]
  /** The altitude at the middle of the exposure, as a function of its start; null when it needs no sky. */
  readonly wave: Wave | null
  /** sin(altitude) at the middle, at the best of its starts. */
  readonly bestSine: number
  readonly preferredS: number | null
  readonly toleranceS: number
  readonly previousS: number | null
  /** Numbers of the quotas it is charged to. */
  readonly groups: readonly number[]
  readonly direction: Direction | null
  readonly filterIn: string | null
  readonly filterOut: string | null
  readonly alert: boolean
  readonly alertLevel: number
  /** Of a cadence, which of its exposures; 1 of what is observed once. */
  readonly occurrence: number
  /** Whether it is counted from one before it in the same night, without which it must not be. */
  readonly follows: boolean
  /** Whether others may be counted from it in the same night. */
  readonly repeats: boolean
}

/** The sidereal angle at second 0 of the night, and its rate. */
export type Rotation = {
  readonly angleRad: number
  readonly rateRadS: number
  readonly sinLatitude: number
  readonly cosLatitude: number
}

export const lastStartOf = (task: Task): number => task.starts.at(-1)?.[1] ?? Number.NEGATIVE_INFINITY

export const mayStart = (task: Task, atS: number): boolean =>
  task.starts.some(([from, until]) => atS >= from && atS <= until)
