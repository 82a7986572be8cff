import { unknownMeaning } from './error-radius.ts'
import type { Mission, NoticeTypeRule } from './missions/mission.ts'
import { missionOf, typeRuleOf } from './missions/missions.ts'
import { paramOf, type VoEvent } from './missions/voevent.ts'
import type { Notice, NoticeFlag, NoticeKind, Place } from './notice.ts'
import { placeFrom } from './sent-place.ts'
import { flagIn, instantIn, numberIn } from './sent-values.ts'
import { testSignsIn } from './test-signs.ts'

/** The part of an ivorn that names its author and stream, without the scheme. */
export const authorityOf = (ivorn: string): string =>
  (ivorn.split('#')[0] ?? '').replace(/^ivo:\/\//i, '').replace(/\/+$/, '')

/** A mission nobody described is named by its author. No described one has a dot in its name. */
const nameOfUnknown = (authority: string): string =>
  `ivo.${authority
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/^\.|\.$/g, '')
    .slice(0, 60)}`

const integerIn = (text: string | null): number | null => {
  const figure = numberIn(text)
  return figure !== null && Number.isSafeInteger(figure) ? figure : null
}

const genericHints = (event: VoEvent): string[] =>
  flagIn(paramOf(event, 'Def_NOT_a_GRB')) === true ? ['Def_NOT_a_GRB'] : []

const kindOf = (event: VoEvent, mission: Mission | null, rule: NoticeTypeRule | null): NoticeKind => {
  const taken =
    event.citations.some(({ cite }) => cite === 'retraction') || (mission?.isRetraction?.(event) ?? false)
  if (taken || rule?.kind === 'retraction') return 'retraction'
  if (event.role === 'utility' || event.role === 'prediction') return 'not-a-target'
  // A type that this mission's table does not have yet tells of its trigger, but never starts or moves it.
  return rule?.kind ?? (mission ? 'accompanying' : 'detection')
}

const withoutPlace = (event: VoEvent): boolean =>
  numberIn(paramOf(event, 'Coords_Type')) === 0 ||
  paramOf(event, 'Coords_String')?.trim() === 'unavailable/inappropriate'

const placeIn = (
  event: VoEvent,
  rule: NoticeTypeRule | null,
): { place: Place | null; flags: NoticeFlag[] } => {
  const flags: NoticeFlag[] = []
  if (withoutPlace(event)) return { place: null, flags }
  for (const sent of event.places) {
    const read = placeFrom(sent, rule?.radius ?? unknownMeaning)
    flags.push(...read.flags)
    if (read.place) return { place: read.place, flags }
  }
  return { place: null, flags }
}

const day = 86_400_000

const timesIn = (event: VoEvent) => {
  const sent = event.places[0]?.time ?? null
  const [issuedAt, eventAt] = [instantIn(event.issued), instantIn(sent)]
  const flags: NoticeFlag[] = []
  if (sent && !eventAt)
    flags.push({ code: 'time_unreadable', path: 'WhereWhen.ISOTime', detail: JSON.stringify(sent) })
  if (eventAt && issuedAt && Date.parse(eventAt) > Date.parse(issuedAt) + day)
    flags.push({
      code: 'time_in_future',
      path: 'WhereWhen.ISOTime',
      detail: `${eventAt} is long after the notice itself, ${issuedAt}`,
    })
  return { issuedAt, eventAt, flags }
}

const skymapOf = (event: VoEvent, mission: Mission | null): Notice['skymap'] => {
  const url = mission?.skymapUrlOf?.(event)
  return url ? { url, inlineBytes: null } : null
}

/** What a VOEvent means, by the table of its mission where it has one. */
export const noticeOfVoEvent = (event: VoEvent): Notice => {
  const authority = authorityOf(event.ivorn)
  const code = integerIn(paramOf(event, 'Packet_Type'))
  const mission = missionOf(authority, code)
  const rule = typeRuleOf(mission, code)
  const local = event.ivorn.slice(event.ivorn.indexOf('#') + 1)
  const { place, flags } = placeIn(event, rule)
  const { flags: timeFlags, ...times } = timesIn(event)
  return {
    name: event.ivorn,
    format: 'voevent',
    authority,
    mission: mission?.name ?? nameOfUnknown(authority),
    instrument: mission?.instrumentOf?.(event) ?? rule?.instrument ?? null,
    triggerId: (mission?.triggerIdOf(event) ?? paramOf(event, 'TrigID'))?.trim() || local,
    noticeType: { code, name: rule?.name ?? (code === null ? authority : `type ${code}`) },
    rank: rule?.rank ?? 0,
    sequence: mission?.sequenceOf?.(event) ?? null,
    kind: kindOf(event, mission, rule),
    role: event.role,
    testSigns: [...testSignsIn(event, code), ...(mission?.testSignsOf?.(event) ?? [])],
    ...times,
    place,
    skymap: skymapOf(event, mission),
    falseAlarmRateHz: mission?.falseAlarmRateHzOf?.(event) ?? null,
    signalToNoise: mission?.signalToNoiseOf?.(event) ?? null,
    significant: mission?.significantOf?.(event) ?? null,
    falseAlarmHints: [...(mission?.falseAlarmHintsOf?.(event) ?? genericHints(event))],
    citations: [...event.citations],
    flags: [...event.flags, ...flags, ...timeFlags],
    params: [...event.params],
  }
}
