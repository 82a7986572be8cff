import type { NightReport } from '#domain/night/report-schema.ts'
import {
  counted,
  imagesWords,
  latencyWords,
  outcomeWords,
  percent,
  suspensionWords,
  valueWords,
  verdictWords,
} from './tell.ts'
import { firstOf, textTable } from './text-table.ts'
import { count, duration, utcMinute, utcSecond } from './words.ts'

const mostLines = 40

/** The course of the night; nothing where the night was not led. */
export const courseText = ({ course }: NightReport): string[] => {
  const { phases, modeChanges, suspensions, hours, closed, omitted } = course
  if (course.openedAt === null && phases.length === 0 && suspensions.length === 0) return []
  const { dark, darkOpenS, darkObservingS, darkSuspendedS, idleS, exposedS } = hours
  return [
    `Course: ${course.mode ?? 'no'} mode at last${closed ? `; ${closed.summary}` : ''}`,
    ...textTable([
      ...(dark ? [[`dark ${utcMinute(dark.from)}–${utcMinute(dark.to)} UTC`, duration(dark.passedS)]] : []),
      ['of it open', duration(darkOpenS)],
      ['observing', duration(darkObservingS)],
      ['suspended', duration(darkSuspendedS)],
      ['idle', duration(idleS)],
    ]),
    ...(exposedS > 0 ? [`  not yet closed under a bad verdict for ${duration(exposedS)} in all`] : []),
    ...phases.map(
      ({ phase, from, sunAltitudeDeg }) =>
        `  ${utcSecond(from)} UTC   ${phase}, the Sun at ${sunAltitudeDeg.toFixed(1)}°`,
    ),
    ...modeChanges.map(
      ({ at, previous, mode, why, by }) =>
        `  ${utcSecond(at)} UTC   from ${previous} to ${mode} mode by ${by}: ${why}`,
    ),
    `Suspended: ${count(suspensions.length, 'time')}`,
    ...firstOf(
      suspensions.map(
        (suspension) =>
          `  ${utcSecond(suspension.from)} UTC   ${duration(suspension.suspendedS)}${suspension.to ? '' : ' so far'}   ${suspensionWords(suspension)}`,
      ),
      mostLines,
      omitted,
    ),
    '',
  ]
}

export const observingText = ({ observing }: NightReport): string[] => {
  const { observations, missed, missedByWhy, totals } = observing
  if (observations.length + totals.missed + totals.images === 0) return []
  const { openShutterS, efficiency, finished, aborted, abortedByWhy, exposureS, images } = totals
  const detectors = Object.entries(exposureS).map(([name, s]) => `${name} ${duration(s)}`)
  return [
    `Observing: ${count(observations.length, 'observation')}, ${finished} finished, ${aborted} aborted${aborted > 0 ? ` (${counted(abortedByWhy)})` : ''}`,
    `  ${count(images, 'image')}; exposed ${detectors.join(', ') || 'nothing'}${efficiency === null ? '' : `: ${duration(openShutterS)}, ${percent(efficiency)} of the dark time`}`,
    ...firstOf(
      observations.map(
        (observation) =>
          `  ${utcSecond(observation.from)}–${observation.to ? utcSecond(observation.to) : '        '}   ${observation.name}${observation.attempt > 1 ? ` (attempt ${observation.attempt})` : ''}: ${imagesWords(observation)}, ${duration(observation.openShutterS)}; ${outcomeWords(observation)}`,
      ),
      mostLines,
    ),
    `Missed: ${totals.missed === 0 ? 'none' : `${totals.missed} (${counted(missedByWhy)})`}`,
    ...firstOf(
      missed.map(({ at, name, why, detail }) => `  ${utcSecond(at)} UTC   ${name}, ${why}: ${detail}`),
      mostLines,
      totals.missed - missed.length,
    ),
    '',
  ]
}

export const scheduleText = ({ schedule: { plans, alertsInserted, causes, last } }: NightReport): string[] =>
  last === null
    ? []
    : [
        `Plans: ${plans}, ${alertsInserted} of them an alert put in; made for ${counted(causes)}`,
        `  the last, ${last.scheduleVersion}, of ${utcSecond(last.at)} UTC: ${last.placed} placed, worth ${valueWords(last)}`,
        `  left out ${last.unplaced}${last.unplaced > 0 ? `: ${counted(last.unplacedByCode)}` : ''}`,
        '',
      ]

export const alertsText = ({ alerts }: NightReport): string[] => {
  const { notices, triggers, triggersOmitted, retractions, coincidences } = alerts
  if (notices.received + triggers.length === 0) return []
  return [
    `Alerts: ${count(notices.received, 'notice')} (${counted(notices.bySource)}); missions ${counted(notices.byMission) || 'none'}`,
    `  ${notices.quarantined} set aside, ${notices.conflicted} with another content, ${count(retractions, 'retraction')}, ${count(coincidences, 'coincidence')}`,
    ...firstOf(
      triggers.flatMap((trigger) => {
        const latency = latencyWords(trigger)
        return [
          `  ${utcSecond(trigger.openedAt)} UTC   ${trigger.trigger}, ${count(trigger.notices, 'notice')}: ${verdictWords(trigger)}${latency ? `\n                 ${latency}` : ''}`,
        ]
      }),
      mostLines,
      triggersOmitted,
    ),
    '',
  ]
}

export const notesText = ({ notes: { notes, omitted } }: NightReport): string[] =>
  notes.length === 0
    ? []
    : [
        'Notes',
        ...firstOf(
          notes.map(({ at, by, text }) => `  ${utcSecond(at)} UTC   ${by}: ${oneLine(text)}`),
          mostLines,
          omitted,
        ),
        '',
      ]

/** What could steer a terminal is gone with the line ends. */
const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ')
