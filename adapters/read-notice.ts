import type { NoticeSource, ReadNotice } from '#commands/alerts/incoming-notice.ts'
import type { Notice } from '#domain/alerts/notice.ts'
import { readGcnJson } from './gcn/read-gcn-json.ts'
import { decodeText } from './voevent/decode-text.ts'
import { quarantined, Unreadable } from './voevent/quarantine.ts'
import { readVoEvent } from './voevent/read-voevent.ts'

const maxXmlBytes = 1024 * 1024
// Gravitational-wave alerts carry one or two sky maps of a megabyte each.
const maxJsonBytes = 8 * 1024 * 1024

const topicOf = (source: NoticeSource): string | null => (source.kind === 'kafka' ? source.topic : null)

const noticeIn = (raw: Uint8Array, source: NoticeSource): Notice => {
  const text = decodeText(raw, maxJsonBytes)
  const start = text.trimStart()[0]
  if (start === '{') return readGcnJson(text, topicOf(source))
  // Brokers answer faults in words; those are no notices.
  if (start !== '<') throw new Unreadable('not-a-notice', 'neither XML nor a JSON object')
  if (raw.length > maxXmlBytes)
    throw new Unreadable(
      'too-large',
      `${raw.length} bytes of XML; at most ${maxXmlBytes} are read`,
      'voevent',
    )
  return readVoEvent(text)
}

const withTopicSigns = (notice: Notice, topic: string | null): Notice =>
  topic && /test/i.test(topic) && !notice.testSigns.some((sign) => sign.startsWith('topic '))
    ? { ...notice, testSigns: [...notice.testSigns, `topic ${topic}`] }
    : notice

/** A notice in any of the forms there are. What cannot be read is set aside, never thrown. */
export const readNotice: ReadNotice = (raw, source) => {
  try {
    return { outcome: 'read', notice: withTopicSigns(noticeIn(raw, source), topicOf(source)) }
  } catch (error) {
    if (error instanceof Unreadable) return quarantined(error)
    throw error
  }
}
