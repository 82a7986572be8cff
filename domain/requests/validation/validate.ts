import type { Site } from '#domain/shared/site.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { AuthoredContent } from '../content.ts'
import type { Fault } from '../fault.ts'
import type { Instrument } from '../instrument.ts'
import { exposureFaults } from './exposures.ts'
import { type Standing, standingFaults } from './standing.ts'
import { visibilityFaults } from './visibility.ts'
import { windowFaults } from './windows.ts'

export type Observatory = { readonly site: Site; readonly instrument: Instrument }

/** Why this observatory can never do what is asked, from `at` on; nothing about quotas and other requests, which change. */
export const faultsOf = (
  content: AuthoredContent,
  { site, instrument }: Observatory,
  standing: Standing,
  at: Instant,
): Fault[] => {
  const times = windowFaults(content, at)
  return [
    ...standingFaults(content, standing),
    ...exposureFaults(content, instrument),
    ...times,
    // Of a sequence whose time is over nothing more is said.
    ...(times.length > 0 ? [] : visibilityFaults(content, site, at)),
  ]
}
