import type { Notice } from '#domain/alerts/notice.ts'
import { noticeOfVoEvent } from '#domain/alerts/notice-of-voevent.ts'
import { withXmlRoot } from './parse-xml.ts'
import { voEventFrom } from './voevent-document.ts'

/** What a VOEvent says and means; throws `Unreadable`. */
export const readVoEvent = (text: string): Notice => noticeOfVoEvent(withXmlRoot(text, voEventFrom))
