import { Unreadable } from '#adapters/voevent/quarantine.ts'
import type { RadiusMeaning } from '#domain/alerts/error-radius.ts'
import { missionOf } from '#domain/alerts/missions/missions.ts'
import type { Notice, NoticeKind } from '#domain/alerts/notice.ts'
import { placeAt } from '#domain/alerts/sent-place.ts'
import { instantIn } from '#domain/alerts/sent-values.ts'
import { canonicalJson } from '#domain/shared/canonical-json.ts'
import { sha256 } from '#domain/shared/hash.ts'
import { firstTextAt, type JsonObject, numberAt, textAt } from './json-object.ts'
import { jsonParams } from './json-params.ts'

const schemaPath = /\/gcn\/notices\/(.+)\.schema\.json$/

/** The topic that a notice was made for: its schema is named like it. Null for what is no notice of GCN's. */
const topicIn = (value: JsonObject): string | null => {
  const path = schemaPath.exec(textAt(value, '$schema') ?? '')?.[1]
  return path ? `gcn.notices.${path.replaceAll('/', '.')}` : null
}

const notOfTheSky: ReadonlySet<string> = new Set(['test', 'injection', 'commanded'])

const testSignsOf = (value: JsonObject, topic: string): string[] => {
  const tense = textAt(value, 'alert_tense')?.toLowerCase() ?? ''
  return [
    ...(notOfTheSky.has(tense) ? [`alert_tense=${tense}`] : []),
    // BurstCube's test notices say that they are current.
    ...(/test/i.test(topic) ? [`topic ${topic}`] : []),
  ]
}

const kindOf = (value: JsonObject): NoticeKind => {
  if (textAt(value, 'alert_type')?.toLowerCase() === 'retraction') return 'retraction'
  return textAt(value, 'alert_tense')?.toLowerCase() === 'planned' ? 'not-a-target' : 'detection'
}

/** One number, or the half axes of an ellipse with its angle: then the larger, which is safe for any use. */
const radiusOf = (value: JsonObject): number | null => {
  const error = value['ra_dec_error']
  if (!Array.isArray(error)) return numberAt(value, 'ra_dec_error')
  const axes = error.slice(0, 2).filter((axis) => typeof axis === 'number' && Number.isFinite(axis))
  return axes.length === 0 ? null : Math.max(...axes)
}

const meaningOf = (value: JsonObject): RadiusMeaning => {
  const containment = numberAt(value, 'containment_probability')
  const known = containment !== null && containment > 0 && containment < 1
  return {
    // GCN's schema: 0.9 where it is left out.
    containment: known ? containment : 0.9,
    systematicIncluded: value['systematic_included'] === true,
    systematicDeg: 0,
  }
}

const placeIn = (value: JsonObject): ReturnType<typeof placeAt> => {
  const [raDeg, decDeg] = [numberAt(value, 'ra'), numberAt(value, 'dec')]
  if (raDeg === null || decDeg === null) return { place: null, flags: [] }
  return placeAt(raDeg, decDeg, radiusOf(value), meaningOf(value))
}

const skymapOf = (value: JsonObject): Notice['skymap'] => {
  const url = textAt(value, 'healpix_url')
  if (url) return { url, inlineBytes: null }
  const inline = value['healpix_file']
  return typeof inline === 'string' ? { url: null, inlineBytes: Math.floor(inline.length * 0.75) } : null
}

const timesOf = (value: JsonObject) => ({
  issuedAt: instantIn(textAt(value, 'alert_datetime')),
  eventAt: instantIn(textAt(value, 'trigger_time')) ?? instantIn(textAt(value, 'observation_start')),
})

const namesOf = (value: JsonObject, topic: string) => {
  const hash = sha256(canonicalJson(value)).toString('hex').slice(0, 32)
  const id = firstTextAt(value, 'id') ?? firstTextAt(value, 'event_name')
  const which = ['record_number', 'alert_type', 'alert_datetime'].flatMap((key) => textAt(value, key) ?? [])
  return {
    // Old notices of Einstein Probe have no id at all.
    name: [`${topic}#${id ?? hash}`, ...which].join('/'),
    triggerId: id ?? textAt(value, 'trigger_time') ?? hash,
  }
}

const rank = 20

/** A notice in the unified schema of GCN (Einstein Probe's among them). Unknown versions are read for what is known. */
export const noticeOfUnified = (value: JsonObject, kafkaTopic: string | null): Notice => {
  const topic = topicIn(value) ?? kafkaTopic
  if (!topic) throw new Unreadable('not-a-notice', 'JSON with no $schema of a GCN notice', 'gcn-json')
  const mission = missionOf(topic, null)
  const { place, flags } = placeIn(value)
  return {
    ...namesOf(value, topic),
    format: 'gcn-json',
    authority: topic,
    mission: mission?.name ?? topic.toLowerCase().replace(/[^a-z0-9]+/g, '.'),
    instrument: textAt(value, 'instrument'),
    noticeType: { code: null, name: topic },
    rank,
    sequence: numberAt(value, 'record_number'),
    kind: kindOf(value),
    role: 'observation',
    testSigns: testSignsOf(value, kafkaTopic ? `${kafkaTopic} ${topic}` : topic),
    ...timesOf(value),
    place,
    skymap: skymapOf(value),
    falseAlarmRateHz: numberAt(value, 'far'),
    signalToNoise: numberAt(value, 'image_snr') ?? numberAt(value, 'rate_snr'),
    significant: null,
    falseAlarmHints: [],
    citations: [],
    flags: [...flags],
    params: jsonParams(value),
  }
}
