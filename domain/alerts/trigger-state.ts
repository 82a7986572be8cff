import type { RequestContent } from '#domain/requests/events.ts'
import { type Effective, effectiveOf } from './effective.ts'
import type { TriggerEvent } from './events.ts'
import type { NoticeDigest, Place } from './notice.ts'

/** What the trigger has asked for. */
export type Asked = {
  readonly requestId: string
  readonly strategy: string
  readonly content: RequestContent
  /** The place that `content` was made for. */
  readonly place: Place | null
  readonly open: boolean
}

export type TriggerState = {
  readonly notices: readonly NoticeDigest[]
  readonly effective: Effective
  readonly revision: number
  readonly asked: Asked | null
  readonly requestsMade: number
  /** A person took it off: it is not asked for again. */
  readonly cancelled: boolean
  readonly coincidences: ReadonlySet<string>
}

export const noTrigger: TriggerState = {
  notices: [],
  effective: effectiveOf([]),
  revision: 0,
  asked: null,
  requestsMade: 0,
  cancelled: false,
  coincidences: new Set(),
}

export const evolveTrigger = (state: TriggerState, event: TriggerEvent): TriggerState => {
  switch (event.type) {
    case 'TriggerOpened':
    case 'TriggerRefined':
    case 'TriggerNoticeAdded':
    case 'TriggerRetracted':
    case 'TriggerUnretracted': {
      const { notice, effective, revision } = event.data
      return { ...state, notices: [...state.notices, notice], effective, revision }
    }
    case 'AlertRequestMade':
    case 'AlertRequestRevised': {
      const { requestId, strategy, content } = event.data
      const requestsMade = state.requestsMade + (event.type === 'AlertRequestMade' ? 1 : 0)
      const place = state.effective.place
      return { ...state, asked: { requestId, strategy, content, place, open: true }, requestsMade }
    }
    case 'AlertRequestWithdrawn':
      return { ...state, asked: state.asked && { ...state.asked, open: false } }
    case 'AlertCancelled':
      return { ...state, cancelled: true }
    case 'TriggersCoincided':
      return { ...state, coincidences: new Set([...state.coincidences, event.data.other.trigger]) }
    case 'TriggerJudged':
    case 'TriggerNoticeRefused':
      return state
  }
}
