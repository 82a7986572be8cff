import type { AlertEvent } from './events.ts'
import type { Place } from './notice.ts'

/** A place for people: degrees, and the 90 % radius as it is known. */
export const placeText = (place: Place | null): string => {
  if (!place) return 'no place'
  const { raDeg, decDeg, error } = place
  const radius = error ? `± ${Number(error.r90Deg.toPrecision(3))}° (90 %)` : 'radius unknown'
  return `RA ${raDeg.toFixed(4)}° Dec ${decDeg.toFixed(4)}° ${radius}`
}

type Source = Extract<AlertEvent, { type: 'NoticeReceived' }>['data']['source']

/** Where a notice came from, for people. */
const sourceText = (source: Source): string => {
  switch (source.kind) {
    case 'vtp':
      return `broker ${source.broker}`
    case 'vtp-author':
      return `author ${source.address}`
    case 'folder':
      return `file ${source.file}`
    case 'api':
      return source.address
    case 'kafka':
      return `${source.topic} at ${source.offset}`
  }
}

/** What an event about alerts says, as one sentence in the observatory's log. */
export const alertSentence = (event: AlertEvent): string => {
  switch (event.type) {
    case 'NoticeReceived':
      return `notice ${event.data.name} from ${sourceText(event.data.source)}`
    case 'NoticeRead': {
      const { noticeType, mission, triggerId, place } = event.data.notice
      return `${noticeType.name} of ${mission} ${triggerId}: ${placeText(place)}`
    }
    case 'NoticeQuarantined':
      return `notice set aside (${event.data.reason}): ${event.data.detail}`
    case 'NoticeConflicted':
      return `another content came under the name ${event.data.name}; the first stays`
    case 'TriggerOpened':
      return `${event.data.trigger} opened by ${event.data.notice.noticeType.name}: ${placeText(event.data.effective.place)}`
    case 'TriggerRefined':
      return `${event.data.trigger} refined by ${event.data.notice.noticeType.name} (${event.data.changed.join(', ')}): ${placeText(event.data.effective.place)}`
    case 'TriggerNoticeAdded':
      return `${event.data.trigger}: ${event.data.notice.noticeType.name} changes nothing, ${event.data.why}`
    case 'TriggerRetracted':
      return `${event.data.trigger} retracted by ${event.data.notice.authority}`
    case 'TriggerUnretracted':
      return `${event.data.trigger} stands again: ${event.data.notice.noticeType.name} came after its retraction`
    case 'TriggerNoticeRefused':
      return `${event.data.trigger}: notice of ${event.data.authority} does not count, ${event.data.why}`
    case 'TriggerJudged':
      return `${event.data.trigger} judged: ${event.data.outcome}, ${event.data.reason}`
    case 'AlertRequestMade':
      return `request ${event.data.requestId} made for ${event.data.trigger} by strategy ${event.data.strategy}`
    case 'AlertRequestRevised':
      return `request ${event.data.requestId} revised: ${event.data.why}`
    case 'AlertRequestWithdrawn':
      return `request ${event.data.requestId} withdrawn: ${event.data.why}`
    case 'AlertCancelled':
      return `alert ${event.data.trigger} cancelled: ${event.data.why}`
    case 'TriggersCoincided':
      return `${event.data.trigger} and ${event.data.other.trigger} coincide: ${event.data.separationDeg.toFixed(2)}° and ${event.data.apartS.toFixed(1)} s apart`
    case 'StrategyAdopted':
      return `strategy ${event.data.strategy.name} version ${event.data.strategyVersion} adopted${event.data.strategy.enabled ? '' : ', switched off'}`
  }
}
