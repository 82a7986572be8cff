import type { EventOf } from '#domain/shared/define-event.ts'
import { noticeConflicted, noticeQuarantined, noticeRead, noticeReceived } from './notice-events.ts'
import { strategyAdopted } from './strategy-events.ts'
import {
  alertCancelled,
  alertRequestMade,
  alertRequestRevised,
  alertRequestWithdrawn,
  triggerJudged,
  triggerNoticeAdded,
  triggerNoticeRefused,
  triggerOpened,
  triggerRefined,
  triggerRetracted,
  triggersCoincided,
  triggerUnretracted,
} from './trigger-events.ts'

const noticeEvents = [noticeReceived, noticeRead, noticeQuarantined, noticeConflicted] as const

const triggerEvents = [
  triggerOpened,
  triggerRefined,
  triggerNoticeAdded,
  triggerRetracted,
  triggerUnretracted,
  triggerNoticeRefused,
  triggerJudged,
  alertRequestMade,
  alertRequestRevised,
  alertRequestWithdrawn,
  alertCancelled,
  triggersCoincided,
] as const

export const alertEvents = [...noticeEvents, ...triggerEvents, strategyAdopted] as const

export type NoticeEvent = EventOf<(typeof noticeEvents)[number]>
export type TriggerEvent = EventOf<(typeof triggerEvents)[number]>
export type StrategyAdopted = EventOf<typeof strategyAdopted>
export type AlertEvent = NoticeEvent | TriggerEvent | StrategyAdopted
export type NoticeRead = EventOf<typeof noticeRead>

const types = (definitions: readonly { readonly type: string }[]): ReadonlySet<string> =>
  new Set(definitions.map(({ type }) => type))
const ofNotices = types(noticeEvents)
const ofTriggers = types(triggerEvents)
const ofAlerts = types(alertEvents)

type Typed = { readonly type: string }
export const isNoticeEvent = (event: Typed): event is NoticeEvent => ofNotices.has(event.type)
export const isTriggerEvent = (event: Typed): event is TriggerEvent => ofTriggers.has(event.type)
export const isAlertEvent = (event: Typed): event is AlertEvent => ofAlerts.has(event.type)
