import type { Recorded } from '#domain/shared/event.ts'
import type { Reaching } from '#domain/shared/process.ts'
import type { AlertManagerInput } from './alert-manager.ts'
import type { Sighting } from './coincidence.ts'
import { arrived, type Crowd, crowdOf, crowdTimer, noCrowd, type PutOff, turned } from './crowd.ts'
import type { NoticeRead, TriggerEvent } from './events.ts'
import type { Adopted } from './judge.ts'
import { missionNamed } from './missions/missions.ts'
import { digestOf } from './notice.ts'
import { type RequestsMade, withRequestMade } from './requests-made.ts'

/** What the alert manager has to know across triggers; everything in it is bounded. */
export type AlertsKnown = {
  readonly strategies: readonly Adopted[]
  readonly made: RequestsMade
  /** Triggers with a place and a time, newest last. */
  readonly sightings: readonly Sighting[]
  /** By request: whose it is, as `mission id`. The newest. */
  readonly owners: ReadonlyMap<string, string>
  /** Triggers of whose requests something is being observed, as `mission id`. */
  readonly running: ReadonlySet<string>
  readonly crowd: Crowd
}

export const noAlertsKnown: AlertsKnown = {
  strategies: [],
  made: {},
  sightings: [],
  owners: new Map(),
  running: new Set(),
  crowd: noCrowd,
}

const sightingsKept = 200
const ownersKept = 500

type Seen = Extract<TriggerEvent, { type: 'TriggerOpened' | 'TriggerRefined' }>
type Made = Extract<TriggerEvent, { type: 'AlertRequestMade' }>

/** A trigger's place and time, where it has both and is the real thing. */
export const sightingIn = (event: TriggerEvent): Sighting | null => {
  if (event.type !== 'TriggerOpened' && event.type !== 'TriggerRefined') return null
  const { mission, triggerId, trigger, effective } = event.data
  const { place, eventAt, testSigns, state } = effective
  if (!place?.error || !eventAt || testSigns.length > 0 || state === 'retracted') return null
  return { mission, triggerId, trigger, eventAt, place }
}

const withSighting = (known: AlertsKnown, event: Seen): AlertsKnown => {
  const sighting = sightingIn(event)
  const others = known.sightings.filter(({ trigger }) => trigger !== event.data.trigger)
  const sightings = sighting ? [...others, sighting].slice(-sightingsKept) : others
  return { ...known, sightings }
}

const withMade = (known: AlertsKnown, { data, metadata }: Recorded<Made>): AlertsKnown => {
  const { requestId, mission, triggerId } = data
  const made = withRequestMade(known.made, metadata.night, data, metadata.simulated ?? false)
  if (made === known.made) return known
  const owners = [...known.owners, [requestId, `${mission} ${triggerId}`] as const].slice(-ownersKept)
  return { ...known, made, owners: new Map(owners) }
}

const withRunning = (known: AlertsKnown, requestId: string, runs: boolean): AlertsKnown => {
  const owner = known.owners.get(requestId)
  if (owner === undefined) return known
  const running = new Set(known.running)
  if (runs) running.add(owner)
  else running.delete(owner)
  return { ...known, running }
}

/** Whom nobody listed never triggers: the notice is on record, and that is all. So a flood of such costs nothing more. */
export const isHeeded = ({ strategies }: AlertsKnown, mission: string): boolean =>
  Boolean(missionNamed(mission)) ||
  strategies.some(({ strategy }) => strategy.match.missions.includes(mission))

export const putOffOf = ({ id, data, metadata }: Recorded<NoticeRead>): PutOff => ({
  notice: digestOf(data.notice),
  noticeEventId: id,
  correlationId: metadata.correlationId,
  receivedAt: data.receivedAt,
  night: metadata.night,
  simulated: metadata.simulated ?? false,
})

const withNotice = (known: AlertsKnown, event: Recorded<NoticeRead>): AlertsKnown => {
  const { notice } = event.data
  if (!isHeeded(known, notice.mission)) return known
  const name = `${notice.mission} ${notice.triggerId}`
  // What the telescope was asked for is no part of its author's crowd.
  const isAsked = [...known.owners.values()].includes(name)
  const crowd = arrived(known.crowd, isAsked ? name : crowdOf(notice), putOffOf(event))
  return { ...known, crowd }
}

export const evolveKnown = (
  known: AlertsKnown,
  event: Recorded<Reaching<AlertManagerInput>>,
): AlertsKnown => {
  switch (event.type) {
    case 'StrategyAdopted': {
      const others = known.strategies.filter(({ strategy }) => strategy.name !== event.data.strategy.name)
      return { ...known, strategies: [...others, event.data] }
    }
    case 'TriggerOpened':
    case 'TriggerRefined':
      return withSighting(known, event)
    case 'AlertRequestMade':
      return withMade(known, event)
    case 'ObservationStarted':
      return withRunning(known, event.data.requestId, true)
    case 'ObservationFinished':
    case 'ObservationAborted':
      return withRunning(known, event.data.requestId, false)
    case 'NoticeRead':
      return withNotice(known, event)
    case 'TimerFired':
      return event.data.timer === crowdTimer ? { ...known, crowd: turned(known.crowd) } : known
    case 'AlertRequestRevised':
    case 'AlertRequestWithdrawn':
    case 'ProcessCommandRefused':
      return known
  }
}
