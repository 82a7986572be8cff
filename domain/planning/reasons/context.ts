import { instantOf } from '../../shared/time.ts'
import type { Compiled, Prepared } from '../compile.ts'
import type { Interval } from '../interval.ts'
import type { Sighting } from '../visibility.ts'

/** What a reason is looked for in: one candidate, and the time that was left when it ran out. */
export type Lack = {
  readonly one: Compiled
  readonly prepared: Prepared
  /** Before and after what took it away. */
  readonly before: readonly Interval[]
  readonly after: readonly Interval[]
  readonly neededS: number
}

export type SightedLack = Lack & { readonly sighting: Sighting }

export const instantAt = ({ night }: Prepared, atS: number): string =>
  instantOf(night.sky.originMs + Math.round(atS) * 1000)
