import { readSkyMap, SkyMapUnreadable } from '#adapters/skymap/read-sky-map.ts'
import { Unreadable } from '#adapters/voevent/quarantine.ts'
import { superEventTestSigns } from '#domain/alerts/missions/lvk.ts'
import type { Notice } from '#domain/alerts/notice.ts'
import { instantIn } from '#domain/alerts/sent-values.ts'
import { summaryOf } from '#domain/alerts/skymap/sky-map.ts'
import { type JsonObject, numberAt, objectAt, textAt } from './json-object.ts'
import { jsonParams } from './json-params.ts'

const types: Readonly<Record<string, { readonly name: string; readonly rank: number }>> = {
  EARLYWARNING: { name: 'LVC_EARLY_WARNING', rank: 5 },
  PRELIMINARY: { name: 'LVC_PRELIMINARY', rank: 10 },
  INITIAL: { name: 'LVC_INITIAL', rank: 20 },
  UPDATE: { name: 'LVC_UPDATE', rank: 30 },
  RETRACTION: { name: 'LVC_RETRACTION', rank: 0 },
}

export const isGwAlert = (value: JsonObject): boolean => 'superevent_id' in value && 'alert_type' in value

type Mapped = Pick<Notice, 'skymap' | 'place' | 'flags'>

/** A map that cannot be read costs the notice nothing but its place. */
const mapIn = (event: JsonObject): Mapped => {
  const base64 = event['skymap']
  if (typeof base64 !== 'string') return { skymap: null, place: null, flags: [] }
  const fits = Buffer.from(base64, 'base64')
  const unread = { url: null, inlineBytes: fits.length }
  try {
    const summary = summaryOf(readSkyMap(fits))
    if (!summary) return { skymap: unread, place: null, flags: [] }
    return { skymap: { ...unread, digest: summary.digest }, place: summary.place, flags: [] }
  } catch (error) {
    if (!(error instanceof SkyMapUnreadable)) throw error
    const flags = [{ code: 'skymap-unreadable', path: 'event/skymap', detail: error.message }]
    return { skymap: unread, place: null, flags }
  }
}

const flagAt = (event: JsonObject, key: string): boolean | null => {
  const flag = event[key]
  return typeof flag === 'boolean' ? flag : null
}

const none: JsonObject = {}

/** A notice of LIGO, Virgo and KAGRA as GCN's Kafka has it: its place is a sky map's, and there is nothing at all when retracted. */
export const noticeOfGwAlert = (value: JsonObject): Notice => {
  const [id, alertType, created] = ['superevent_id', 'alert_type', 'time_created'].map((key) =>
    textAt(value, key),
  )
  const type = types[alertType ?? '']
  if (!id || !alertType || !type)
    throw new Unreadable('not-a-notice', `no gravitational-wave alert: type ${alertType}`, 'gcn-json')
  const event = objectAt(value, 'event') ?? none
  const search = textAt(event, 'search')
  return {
    name: `igwn.gwalert#${id}/${alertType}/${created ?? ''}`,
    format: 'gcn-json',
    authority: 'igwn.gwalert',
    mission: 'lvk',
    instrument: 'LVK',
    triggerId: id,
    noticeType: { code: null, name: type.name },
    rank: type.rank,
    sequence: null,
    kind: alertType === 'RETRACTION' ? 'retraction' : 'detection',
    role: 'observation',
    testSigns: [...superEventTestSigns(id), ...(search === 'MDC' ? ['search=MDC'] : [])],
    issuedAt: instantIn(created),
    eventAt: instantIn(textAt(event, 'time')),
    ...mapIn(event),
    falseAlarmRateHz: numberAt(event, 'far'),
    signalToNoise: null,
    significant: flagAt(event, 'significant'),
    falseAlarmHints: [],
    citations: [],
    params: [...jsonParams(value), ...jsonParams(event, 'event')],
  }
}
