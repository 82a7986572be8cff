import { Unreadable } from '#adapters/voevent/quarantine.ts'
import { superEventTestSigns } from '#domain/alerts/missions/lvk.ts'
import type { Notice } from '#domain/alerts/notice.ts'
import { instantIn } from '#domain/alerts/sent-values.ts'
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

const skymapOf = (event: JsonObject): Notice['skymap'] => {
  const base64 = event['skymap']
  return typeof base64 === 'string' ? { url: null, inlineBytes: Math.floor(base64.length * 0.75) } : null
}

const flagAt = (event: JsonObject, key: string): boolean | null => {
  const flag = event[key]
  return typeof flag === 'boolean' ? flag : null
}

const none: JsonObject = {}

/** A notice of LIGO, Virgo and KAGRA as GCN's Kafka has it: no place but a sky map, and nothing at all when retracted. */
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
    place: null,
    skymap: skymapOf(event),
    falseAlarmRateHz: numberAt(event, 'far'),
    signalToNoise: null,
    significant: flagAt(event, 'significant'),
    falseAlarmHints: [],
    citations: [],
    flags: [],
    params: [...jsonParams(value), ...jsonParams(event, 'event')],
  }
}
