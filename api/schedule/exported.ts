import type { ScheduleEntry } from '#api/http/schedule-shapes.ts'

/** A version of a plan on its way to other programs. */
export type Exported = {
  readonly facility: string
  readonly night: string
  readonly version: number
  readonly publishedAt: string
  readonly entries: readonly ScheduleEntry[]
}
