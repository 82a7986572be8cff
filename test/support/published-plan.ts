import { type SchedulePublished, schedulePublished } from '#domain/planning/events.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { addSeconds, type Instant } from '#domain/shared/time.ts'

export type PlannedEntry = {
  readonly id: string
  readonly fromS: number
  readonly lastsS?: number
  readonly slackS?: number
}

const placedOf = ({ id, fromS, lastsS = 100, slackS = 60 }: PlannedEntry, origin: Instant) => ({
  sequenceId: id,
  requestId: id.split('.')[0],
  name: id,
  kind: 'planned',
  setupAt: addSeconds(origin, fromS - 60),
  startsAt: addSeconds(origin, fromS),
  endsAt: addSeconds(origin, fromS + lastsS),
  priority: 50,
  value: 1,
  quality: 1,
  raDeg: 60,
  decDeg: 31,
  altitudeDeg: 70,
  airmass: 1.06,
  moonSeparationDeg: 90,
  slackBeforeS: 0,
  slackAfterS: slackS,
  chargeS: lastsS,
})

/** A plan of a few sequences, their times in seconds from an instant; `knows` is the place in the log it was made at. */
export const planPublished = (
  origin: Instant,
  version: number,
  knows: number,
  entries: readonly PlannedEntry[],
  preempted: SchedulePublished['data']['preempted'] = [],
): SchedulePublished => ({
  type: 'SchedulePublished',
  data: schedulePublished.schema.parse({
    scheduleVersion: version,
    asks: [{ why: 'person', eventId: uuidFrom('ask', noctuaryNamespace) }],
    plannerVersion: 'planner-3',
    inputsHash: 'a'.repeat(64),
    basedOn: { commit: `${knows}`, prepare: `${knows}` },
    from: origin,
    until: addSeconds(origin, 30_000),
    objective: 1,
    bound: 1,
    placed: entries.map((entry) => placedOf(entry, origin)),
    unplaced: [],
    preempted,
  }),
})
