import { secondsBetween } from '../shared/time.ts'
import type { PlanChanges } from './events.ts'

type Entry = { readonly sequenceId: string; readonly startsAt: string; readonly endsAt: string }

const startsOf = (entries: readonly Entry[]): Map<string, string> =>
  new Map(entries.map(({ sequenceId, startsAt }) => [sequenceId, startsAt]))

/** What became of a plan in its next version, of what had not begun by `from`. */
export const changesBetween = (
  before: readonly Entry[],
  after: readonly Entry[],
  { from, codes }: { readonly from: string; readonly codes: ReadonlyMap<string, string> },
): PlanChanges => {
  const was = startsOf(before)
  const now = startsOf(after)
  return {
    added: after.flatMap(({ sequenceId, startsAt }) =>
      was.has(sequenceId) ? [] : [{ sequenceId, startsAt }],
    ),
    dropped: before.flatMap(({ sequenceId, startsAt }) =>
      now.has(sequenceId) || (startsAt < from && !codes.has(sequenceId))
        ? []
        : [{ sequenceId, wasAt: startsAt, code: codes.get(sequenceId) ?? null }],
    ),
    moved: after.flatMap(({ sequenceId, startsAt }) => {
      const wasAt = was.get(sequenceId)
      return wasAt === undefined || wasAt === startsAt
        ? []
        : [{ sequenceId, wasAt, startsAt, byS: secondsBetween(wasAt, startsAt) }]
    }),
  }
}
