import type { NightReport, SpentS } from '#domain/night/report-schema.ts'
import { calibrationsText, devicesText, imagesText } from './devices-text.ts'
import { textTable } from './text-table.ts'
import { alertsText, courseText, notesText, observingText, scheduleText } from './whole-night-text.ts'
import { count, duration, siteMinute, spaced, upToTenths, utcMinute, utcSecond } from './words.ts'

const closedWords: readonly [keyof SpentS, string][] = [
  ['unsafe', 'unsafe'],
  ['unknown', 'unknown'],
  ['unwatched', 'not watched'],
]

const head = ({ site, night, asOf, ends, events, rulesVersions, course }: NightReport): string[] => {
  const simulated =
    events.simulated === 0
      ? ''
      : events.simulated === events.count
        ? ', all simulated'
        : ', part of it simulated'
  const state = course.closed ? `closed at ${utcSecond(course.closed.at)} UTC` : 'still on'
  const still = asOf < ends ? `, ${state}; as of ${utcSecond(asOf)} UTC` : ''
  return [
    `Night of ${night} at ${site.name}${still}`,
    `  ${count(events.count, 'event')} from ${utcSecond(events.firstAt)} to ${utcSecond(events.lastAt)} UTC${simulated}; rules ${rulesVersions.join(', ') || 'none'}`,
  ]
}

const roof = ({ roof: hours, site }: NightReport): string[] => {
  if (!hours) return ['Roof', '  the sun does not set; the roof stays closed']
  const at = (instant: string) =>
    `${utcMinute(instant)} UTC (${siteMinute(instant, site.timeZone)} at the site)`
  const lost = closedWords.map(([state, words]) => `${words} ${duration(hours.spentS[state])}`).join(', ')
  const lostTo = hours.lostTo.map(({ quantity, unsafeS, unknownS, aloneS }) => [
    spaced(quantity),
    duration(unsafeS),
    duration(unknownS),
    duration(aloneS),
  ])
  return [
    `Roof: the sun is down from ${at(hours.from)} to ${at(hours.to)}`,
    ...textTable([
      ['passed', duration(hours.passedS)],
      ['could be open', duration(hours.couldOpenS)],
      ...(hours.wasOpenS === null ? [] : [['was open', duration(hours.wasOpenS)]]),
      ['lost', duration(hours.lostS)],
    ]),
    `  lost as ${lost}`,
    ...(lostTo.length > 0 ? textTable([['lost to', 'unsafe', 'unknown', 'alone'], ...lostTo]) : []),
  ]
}

const verdicts = ({ verdicts: { changes, spans, omitted } }: NightReport): string[] => [
  `Verdicts: ${count(changes, 'change')}`,
  ...textTable(
    spans.map(({ state, from, to }) => [
      `${utcSecond(from)} UTC`,
      (state === 'unwatched' ? 'not watched' : state).padEnd(11),
      duration((Date.parse(to) - Date.parse(from)) / 1000),
    ]),
  ),
  ...(omitted > 0 ? [`  and ${count(omitted, 'more change')}`] : []),
]

const weather = ({ weather: statistics, rain }: NightReport): string[] => [
  'Weather',
  ...(statistics.length > 0
    ? textTable([
        ['', 'least', 'mean', 'greatest'],
        ...statistics.map(({ name, min, mean, max, unit }) => [
          `${spaced(name)}, ${unit}`,
          upToTenths(min),
          upToTenths(mean),
          upToTenths(max),
        ]),
      ])
    : ['  nothing measured']),
  ...(rain.length === 0 ? ['  no rain'] : []),
  ...rain.map(
    ({ from, to, maxMmH }) =>
      `  rain from ${utcSecond(from)} to ${utcSecond(to)} UTC${maxMmH === null ? '' : `, up to ${upToTenths(maxMmH)} mm/h`}`,
  ),
]

const plc = ({ plc: { outages, outagesOmitted, rejected } }: NightReport): string[] => [
  `PLC: ${count(outages.length + outagesOmitted, 'outage')}, ${rejected.count} rejected answers`,
  ...outages.map(
    ({ from, to, outageS, detail }) =>
      `  from ${utcSecond(from)} to ${to ? `${utcSecond(to)} UTC` : 'now'}, ${duration(outageS)}${detail ? `: ${detail}` : ''}`,
  ),
  ...rejected.first.map(({ at, reason, detail }) => `  ${utcSecond(at)} UTC rejected, ${reason}: ${detail}`),
  ...(rejected.count > rejected.first.length ? [`  and ${rejected.count - rejected.first.length} more`] : []),
]

const flags = ({ flags: raised, flagsOmitted }: NightReport): string[] => [
  `Flags: ${raised.length === 0 ? 'none' : raised.length + flagsOmitted}`,
  ...raised.map(
    ({ code, device, value, detail, polls }) =>
      `  ${code} ${device}${value ? `/${value}` : ''}, ${count(polls, 'poll')}: ${detail}`,
  ),
]

/** The report for a terminal. */
export const reportText = (report: NightReport): string =>
  [
    ...head(report),
    '',
    ...notesText(report),
    ...courseText(report),
    ...observingText(report),
    ...scheduleText(report),
    ...alertsText(report),
    ...calibrationsText(report),
    ...imagesText(report),
    ...devicesText(report),
    ...roof(report),
    '',
    ...verdicts(report),
    '',
    ...weather(report),
    '',
    ...plc(report),
    '',
    ...flags(report),
    '',
    ...(report.notOnRecord.length > 0 ? [`Nothing on record of: ${report.notOnRecord.join(', ')}`] : []),
  ].join('\n')
