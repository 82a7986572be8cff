import { epochMsOf, type Instant } from '#domain/shared/time.ts'
import type { Place } from './notice.ts'
import { separationDeg } from './sky.ts'

/** A trigger as far as it matters for whether another saw the same. */
export type Sighting = {
  readonly mission: string
  readonly triggerId: string
  readonly trigger: string
  readonly eventAt: Instant
  readonly place: Place
}

export type Coincidence = {
  readonly other: Sighting
  readonly separationDeg: number
  readonly withinDeg: number
  readonly apartS: number
}

export const coincidenceS = 60

const coincides = (a: Sighting, b: Sighting): Coincidence | null => {
  if (a.mission === b.mission || !a.place.error || !b.place.error) return null
  const apartS = Math.abs(epochMsOf(a.eventAt) - epochMsOf(b.eventAt)) / 1000
  const withinDeg = Math.hypot(a.place.error.r90Deg, b.place.error.r90Deg)
  const apartDeg = separationDeg(a.place, b.place)
  if (apartS > coincidenceS || apartDeg > withinDeg) return null
  return { other: b, separationDeg: apartDeg, withinDeg, apartS }
}

/** Which of other missions' triggers may be the same thing: one place within both errors, within a minute. */
export const coincidencesOf = (one: Sighting, others: readonly Sighting[]): Coincidence[] =>
  others.flatMap((other) => coincides(one, other) ?? [])
