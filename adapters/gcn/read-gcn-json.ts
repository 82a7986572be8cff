import type { Notice } from '#domain/alerts/notice.ts'
import { isGwAlert, noticeOfGwAlert } from './igwn-gwalert.ts'
import { jsonObject } from './json-object.ts'
import { noticeOfUnified } from './unified-notice.ts'

/** What a JSON notice says; `topic` where Kafka brought it. Throws `Unreadable`. */
export const readGcnJson = (text: string, topic: string | null): Notice => {
  const value = jsonObject(text)
  return isGwAlert(value) ? noticeOfGwAlert(value) : noticeOfUnified(value, topic)
}
