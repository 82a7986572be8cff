import { addSeconds, type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { PlacedEntry } from '../events.ts'
import type { Desk, Open } from './desk.ts'
import { closuresAt } from './roof.ts'

/** How long past its time a sequence is still taken to be about to begin, before it is planned anew. */
export const beginningS = 60

/** Its start is over: it was observed then, or will begin any moment. */
const hasBegun = ({ startsAt }: PlacedEntry, open: Open | undefined, at: Instant): boolean =>
  open === undefined ||
  at < addSeconds(startsAt, beginningS) ||
  open.startedAts.some((started) => Math.abs(secondsBetween(startsAt, started)) < beginningS)

/** Whether everything is where the plan in force has it, and the roof open all the night: only then can an alert be put into it. */
export const isOnPlan = ({ standing, open, running, roof }: Desk, at: Instant): boolean => {
  if (!standing || (standing.closures ?? []).length + closuresAt(roof, at).length > 0) return false
  const { placed } = standing
  if (running && !placed.some(({ sequenceId }) => sequenceId === running.sequenceId)) return false
  return placed.every((entry) => {
    const { sequenceId, startsAt, kind } = entry
    if (kind === 'fixed' || running?.sequenceId === sequenceId) return true
    return startsAt > at ? open.has(sequenceId) : hasBegun(entry, open.get(sequenceId), at)
  })
}
