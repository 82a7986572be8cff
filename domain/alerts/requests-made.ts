import type { TriggerEvent } from './events.ts'
import type { NoticeDigest } from './notice.ts'

/** A request that a strategy made of a trigger. */
type RequestMade = {
  readonly requestId: string
  readonly strategy: string
  readonly mission: string
  readonly triggerId: string
  readonly simulated: boolean
}

/** By night, in the order of the log; the last two nights. */
export type RequestsMade = Readonly<Record<string, readonly RequestMade[]>>

/** How many requests a strategy made in a night, and how many of them of one mission's triggers. */
export type MadeCount = { readonly all: number; readonly ofMission: number }

const nightsKept = 2

type Made = Extract<TriggerEvent, { type: 'AlertRequestMade' }>['data']

export const withRequestMade = (
  made: RequestsMade,
  night: string,
  { requestId, strategy, mission, triggerId }: Made,
  simulated: boolean,
): RequestsMade => {
  const ofNight = made[night] ?? []
  if (ofNight.some((one) => one.requestId === requestId)) return made
  const all = { ...made, [night]: [...ofNight, { requestId, strategy, mission, triggerId, simulated }] }
  const newest = Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(-nightsKept)
  return Object.fromEntries(newest)
}

/** What each strategy made in a night before a notice, its own trigger left out. A drill takes nothing from the real thing. */
export const madeBefore = (
  made: RequestsMade,
  night: string,
  { mission, triggerId }: Pick<NoticeDigest, 'mission' | 'triggerId'>,
  simulated: boolean,
): Record<string, MadeCount> => {
  const counts: Record<string, MadeCount> = {}
  for (const one of made[night] ?? []) {
    if (one.simulated !== simulated || (one.mission === mission && one.triggerId === triggerId)) continue
    const { all, ofMission } = counts[one.strategy] ?? { all: 0, ofMission: 0 }
    counts[one.strategy] = { all: all + 1, ofMission: ofMission + (one.mission === mission ? 1 : 0) }
  }
  return counts
}

/** As {@link madeBefore} for a request that stands there itself: those before it in the log. */
export const madeBeforeRequest = (
  made: RequestsMade,
  night: string,
  { requestId, strategy, mission }: Pick<Made, 'requestId' | 'strategy' | 'mission'>,
): MadeCount => {
  const ofNight = made[night] ?? []
  const nth = ofNight.findIndex((one) => one.requestId === requestId)
  const own = ofNight[nth]
  const before = ofNight
    .slice(0, Math.max(0, nth))
    .filter((one) => one.strategy === strategy && one.simulated === own?.simulated)
  return { all: before.length, ofMission: before.filter((one) => one.mission === mission).length }
}
