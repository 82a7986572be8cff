import type { ObservingEvent } from '#domain/observing/events.ts'
import type { RequestContent } from '#domain/requests/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { Effect, ProcessManager, Reaching } from '#domain/shared/process.ts'
import { coincidencesOf } from './coincidence.ts'
import type { NoticeRead, StrategyAdopted, TriggerEvent } from './events.ts'
import { type AlertsKnown, evolveKnown, madeBeforeThis, noAlertsKnown, sightingIn } from './known-alerts.ts'
import { missionNamed } from './missions/missions.ts'
import { digestOf } from './notice.ts'
import type { GiveUpRequest, NoteCoincidence, TakeNotice } from './trigger-commands.ts'

/** What the manager has done; the moment, the site and what stands there are added by whoever does it. */
export type AlertCommand =
  | Omit<TakeNotice, 'at' | 'site' | 'realDevices'>
  | Omit<NoteCoincidence, 'at'>
  | Omit<GiveUpRequest, 'at'>
  | { readonly type: 'SubmitAlertRequest'; readonly content: RequestContent; readonly simulated: boolean }
  | {
      readonly type: 'ReviseAlertRequest'
      readonly content: RequestContent
      readonly simulated: boolean
    }
  | {
      readonly type: 'WithdrawAlertRequest'
      readonly requestId: string
      readonly sequenceIds: readonly string[]
      readonly why: string
      /** Whether what runs of it is to end too. */
      readonly stopRunning: boolean
      readonly simulated: boolean
    }

type Started = Extract<ObservingEvent, { type: 'ObservationStarted' }>
type Ended = Extract<ObservingEvent, { type: 'ObservationFinished' | 'ObservationAborted' }>
type Triggered = Extract<
  TriggerEvent,
  {
    type:
      | 'TriggerOpened'
      | 'TriggerRefined'
      | 'AlertRequestMade'
      | 'AlertRequestRevised'
      | 'AlertRequestWithdrawn'
  }
>
export type AlertManagerInput = NoticeRead | StrategyAdopted | Triggered | Started | Ended

type Effects = readonly Effect<AlertCommand>[]

const dispatch = (command: AlertCommand): Effect<AlertCommand> => ({ kind: 'dispatch', command })

const takeNotice = (known: AlertsKnown, event: Recorded<NoticeRead>): Effects => {
  const { notice, receivedAt } = event.data
  const strategies = known.strategies.filter(({ strategy }) =>
    strategy.match.missions.includes(notice.mission),
  )
  // Whom nobody listed never triggers: the notice is on record, and that is all. So a flood costs nothing more.
  if (!missionNamed(notice.mission) && strategies.length === 0) return []
  return [
    dispatch({
      type: 'TakeNotice',
      mission: notice.mission,
      triggerId: notice.triggerId,
      notice: digestOf(notice),
      noticeEventId: event.id,
      receivedAt,
      simulated: event.metadata.simulated ?? false,
      strategies,
      madeThisNight: madeBeforeThis(known, event.metadata.night, notice),
      running: known.running.has(`${notice.mission} ${notice.triggerId}`),
    }),
  ]
}

const join = (known: AlertsKnown, event: TriggerEvent): Effects => {
  const sighting = sightingIn(event)
  if (!sighting) return []
  return coincidencesOf(sighting, known.sightings).map(({ other, separationDeg, withinDeg, apartS }) =>
    dispatch({
      type: 'NoteCoincidence',
      mission: sighting.mission,
      triggerId: sighting.triggerId,
      other: { mission: other.mission, triggerId: other.triggerId, trigger: other.trigger },
      separationDeg,
      withinDeg,
      apartS,
    }),
  )
}

type Made = Extract<TriggerEvent, { type: 'AlertRequestMade' }>

/** Several triggers may be judged at one moment, none knowing of the others: the order of the log says who was first. */
const submit = (known: AlertsKnown, { data, metadata }: Recorded<Made>): Effects => {
  const simulated = metadata.simulated ?? false
  const adopted = known.strategies.find(({ strategy }) => strategy.name === data.strategy)
  const limit = adopted?.strategy.gates.maxPerNight ?? Number.POSITIVE_INFINITY
  const made = known.made[metadata.night]?.[data.strategy] ?? []
  if (made.indexOf(data.requestId) < limit)
    return [dispatch({ type: 'SubmitAlertRequest', content: data.content, simulated })]
  const { mission, triggerId, requestId } = data
  const why = `${made.length - 1} requests of ${data.strategy} were made this night before it, at most ${limit}`
  return [dispatch({ type: 'GiveUpRequest', mission, triggerId, requestId, why })]
}

const react = (known: AlertsKnown, event: Recorded<Reaching<AlertManagerInput>>): Effects => {
  const simulated = event.metadata.simulated ?? false
  switch (event.type) {
    case 'NoticeRead':
      return takeNotice(known, event)
    case 'TriggerOpened':
    case 'TriggerRefined':
      return join(known, event)
    case 'AlertRequestMade':
      return submit(known, event)
    case 'AlertRequestRevised':
      return [dispatch({ type: 'ReviseAlertRequest', content: event.data.content, simulated })]
    case 'AlertRequestWithdrawn': {
      const { requestId, sequenceIds, why, stopRunning } = event.data
      return [dispatch({ type: 'WithdrawAlertRequest', requestId, sequenceIds, why, stopRunning, simulated })]
    }
    case 'StrategyAdopted':
    case 'ObservationStarted':
    case 'ObservationFinished':
    case 'ObservationAborted':
    case 'TimerFired':
    case 'ProcessCommandRefused':
      return []
  }
}

/** From notices to triggers, from judgements to requests; one for the observatory. */
export const alertManager: ProcessManager<AlertsKnown, AlertManagerInput, AlertCommand> = {
  name: 'alertManager',
  initial: noAlertsKnown,
  handles: [
    'NoticeRead',
    'StrategyAdopted',
    'TriggerOpened',
    'TriggerRefined',
    'AlertRequestMade',
    'AlertRequestRevised',
    'AlertRequestWithdrawn',
    'ObservationStarted',
    'ObservationFinished',
    'ObservationAborted',
  ],
  instanceOf: ({ metadata: { site } }) => site,
  evolve: evolveKnown,
  react,
}
