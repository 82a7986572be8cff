import type { ObservingEvent } from '#domain/observing/events.ts'
import type { RequestContent } from '#domain/requests/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { Effect, ProcessManager, Reaching } from '#domain/shared/process.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { coincidencesOf } from './coincidence.ts'
import { crowdTimer, type PutOff, turnS } from './crowd.ts'
import type { NoticeRead, StrategyAdopted, TriggerEvent } from './events.ts'
import { rateGates } from './gates/rate.ts'
import {
  type AlertsKnown,
  evolveKnown,
  isHeeded,
  noAlertsKnown,
  putOffOf,
  sightingIn,
} from './known-alerts.ts'
import { madeBefore, madeBeforeRequest } from './requests-made.ts'
import type { GiveUpRequest, NoteCoincidence, TakeNotice } from './trigger-commands.ts'

type TakeKnown = Omit<TakeNotice, 'at' | 'site' | 'realDevices'>

/** What the manager has done; the moment, the site and what stands there are added by whoever does it. */
export type AlertCommand =
  | TakeKnown
  /** Many at a time, each for itself. */
  | {
      readonly type: 'TakeNotices'
      readonly notices: readonly (Omit<TakeKnown, 'type' | 'strategies'> & {
        readonly correlationId: string
      })[]
      readonly strategies: TakeNotice['strategies']
    }
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

const taking = (known: AlertsKnown, { notice, noticeEventId, receivedAt, night, simulated }: PutOff) => ({
  mission: notice.mission,
  triggerId: notice.triggerId,
  notice,
  noticeEventId,
  receivedAt,
  simulated,
  madeThisNight: madeBefore(known.made, night, notice, simulated),
  running: known.running.has(`${notice.mission} ${notice.triggerId}`),
})

const crowdTurn = ({ metadata: { occurredAt } }: Recorded): Effect<AlertCommand> => ({
  kind: 'wakeAt',
  timer: crowdTimer,
  at: addSeconds(occurredAt, turnS),
})

const takeNotice = (known: AlertsKnown, event: Recorded<NoticeRead>): Effects => {
  const notice = putOffOf(event)
  const { mission } = notice.notice
  if (!isHeeded(known, mission)) return []
  const { waiting } = known.crowd
  if (waiting.at(-1)?.noticeEventId === event.id) return waiting.length === 1 ? [crowdTurn(event)] : []
  const strategies = known.strategies.filter(({ strategy }) => strategy.match.missions.includes(mission))
  return [dispatch({ type: 'TakeNotice', ...taking(known, notice), strategies })]
}

/** Those of a crowd whose turn it is, in one command: they have waited, and must not keep others waiting one by one. */
const takeTurn = (known: AlertsKnown, event: Recorded): Effects => {
  const { turn, waiting } = known.crowd
  if (turn.length === 0) return []
  const notices = turn.map((notice) => ({
    ...taking(known, notice),
    correlationId: notice.correlationId,
  }))
  return [
    dispatch({ type: 'TakeNotices', notices, strategies: known.strategies }),
    ...(waiting.length > 0 ? [crowdTurn(event)] : []),
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
  const before = madeBeforeRequest(known.made, metadata.night, data)
  const shut = adopted ? rateGates(adopted.strategy, before).filter(({ passed }) => !passed) : []
  if (shut.length === 0) return [dispatch({ type: 'SubmitAlertRequest', content: data.content, simulated })]
  const { mission, triggerId, requestId } = data
  const why = `${data.strategy}: ${shut.map(({ text }) => text).join('; ')}`
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
    case 'TimerFired':
      return event.data.timer === crowdTimer ? takeTurn(known, event) : []
    case 'StrategyAdopted':
    case 'ObservationStarted':
    case 'ObservationFinished':
    case 'ObservationAborted':
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
