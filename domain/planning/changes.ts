import { secondsBetween } from '../shared/time.ts'
import type { PlanChanges } from './events.ts'

type Entry = {
  readonly sequenceId: string
  readonly occurrence?: number | undefined
  readonly startsAt: string
  readonly endsAt: string
}

const keyOf = ({ sequenceId, occurrence = 1 }: Entry): string => `${occurrence} ${sequenceId}`

const startsOf = (entries: readonly Entry[]): Map<string, string> =>
  new Map(entries.map((entry) => [keyOf(entry), entry.startsAt]))

// Said only where there is more than one.
const which = ({ sequenceId, occurrence = 1 }: Entry) =>
  occurrence === 1 ? { sequenceId } : { sequenceId, occurrence }

/** What became of a plan in its next version, of what had not begun by `from`. */
export const changesBetween = (
  before: readonly Entry[],
  after: readonly Entry[],
  { from, codes }: { readonly from: string; readonly codes: ReadonlyMap<string, string> },
): PlanChanges => {
  const was = startsOf(before)
  const now = startsOf(after)
  return {
    added: after.flatMap((entry) =>
      was.has(keyOf(entry)) ? [] : [{ ...which(entry), startsAt: entry.startsAt }],
    ),
    dropped: before.flatMap((entry) => {
      const { sequenceId, startsAt } = entry
      const begun = startsAt < from && !codes.has(sequenceId)
      return now.has(keyOf(entry)) || begun
        ? []
        : [{ ...which(entry), wasAt: startsAt, code: codes.get(sequenceId) ?? null }]
    }),
    moved: after.flatMap((entry) => {
      const wasAt = was.get(keyOf(entry))
      const { startsAt } = entry
      return wasAt === undefined || wasAt === startsAt
        ? []
        : [{ ...which(entry), wasAt, startsAt, byS: secondsBetween(wasAt, startsAt) }]
    }),
  }
}
