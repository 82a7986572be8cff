import type { NightReport } from '#domain/night/report-schema.ts'
import { calibrationsHtml, devicesHtml, imagesHtml } from './devices-html.ts'
import { htmlTable, none, section } from './html-table.ts'
import { type Markup, markup } from './markup.ts'
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
import { count, duration, utcMinute, utcSecond } from './words.ts'

const course = ({
  course: { phases, modeChanges, suspensions, hours, omitted },
}: NightReport): Markup | null => {
  if (phases.length + suspensions.length + modeChanges.length === 0) return null
  const times = { names: ['from, UTC', 'for', 'what'], words: [2], times: [0] }
  return section(
    'Course',
    hours.dark &&
      none(
        `Dark ${utcMinute(hours.dark.from)}–${utcMinute(hours.dark.to)} UTC; of ${duration(hours.dark.passedS)}: open ${duration(hours.darkOpenS)}, observing ${duration(hours.darkObservingS)}, suspended ${duration(hours.darkSuspendedS)}, idle ${duration(hours.idleS)}.${hours.exposedS > 0 ? ` Not yet closed under a bad verdict ${duration(hours.exposedS)} in all.` : ''}`,
      ),
    phases.length === 0
      ? null
      : htmlTable({ names: ['from, UTC', 'the Sun at', 'phase'], words: [2], times: [0] }, [
          ...phases.map(({ phase, from, sunAltitudeDeg }) => [
            utcSecond(from),
            `${sunAltitudeDeg.toFixed(1)}°`,
            phase.replace('-', ' '),
          ]),
        ]),
    suspensions.length === 0
      ? none('Never suspended.')
      : markup`<h3>Suspended</h3>${htmlTable(
          times,
          suspensions.map((suspension) => [
            utcSecond(suspension.from),
            `${duration(suspension.suspendedS)}${suspension.to ? '' : ' so far'}`,
            suspensionWords(suspension),
          ]),
          omitted,
        )}`,
    modeChanges.length === 0
      ? null
      : markup`<h3>Modes</h3>${htmlTable(
          { names: ['at, UTC', 'mode', 'by whom and why'], words: [1, 2], times: [0] },
          modeChanges.map(({ at, mode, by, why }) => [utcSecond(at), mode, `${by}: ${why}`]),
        )}`,
  )
}

const observing = ({
  observing: { observations, missed, missedByWhy, totals },
}: NightReport): Markup | null => {
  if (observations.length + totals.missed === 0) return null
  const { finished, aborted, abortedByWhy, images, openShutterS, efficiency } = totals
  return section(
    'Observing',
    none(
      `${finished} of ${count(observations.length, 'observation')} finished${aborted > 0 ? `, ${aborted} aborted (${counted(abortedByWhy)})` : ''}; ${count(images, 'image')}, shutter open ${duration(openShutterS)}${efficiency === null ? '' : `, ${percent(efficiency)} of the dark time`}.`,
    ),
    htmlTable(
      {
        names: ['from, UTC', 'to', 'what', 'images', 'exposed', 'end'],
        words: [2, 5],
        times: [0, 1],
        extra: [1, 4],
      },
      observations.map((one) => [
        utcSecond(one.from),
        one.to ? utcSecond(one.to) : '–',
        `${one.name}${one.attempt > 1 ? `, attempt ${one.attempt}` : ''}`,
        imagesWords(one).replace(/ images?$/, ''),
        duration(one.openShutterS),
        outcomeWords(one),
      ]),
    ),
    missed.length === 0
      ? null
      : markup`<h3>Missed: ${counted(missedByWhy)}</h3>${htmlTable(
          { names: ['at, UTC', 'what', 'why'], words: [1, 2], times: [0] },
          missed.map(({ at, name, why, detail }) => [utcSecond(at), name, `${why}: ${detail}`]),
          totals.missed - missed.length,
        )}`,
  )
}

const schedule = ({ schedule: { plans, alertsInserted, causes, last } }: NightReport): Markup | null =>
  last &&
  section(
    'Plans',
    none(
      `${count(plans, 'plan')}, ${alertsInserted} of them an alert put in; made for ${counted(causes)}. The last, ${last.scheduleVersion}, of ${utcSecond(last.at)} UTC: ${last.placed} placed, worth ${valueWords(last)}; ${last.unplaced} left out${last.unplaced > 0 ? `: ${counted(last.unplacedByCode)}` : ''}.`,
    ),
  )

const alerts = ({
  alerts: { notices, triggers, triggersOmitted, retractions },
}: NightReport): Markup | null =>
  notices.received + triggers.length === 0
    ? null
    : section(
        'Alerts',
        none(
          `${count(notices.received, 'notice')} (${counted(notices.bySource)}) of ${counted(notices.byMission) || 'no mission'}; ${notices.quarantined} set aside, ${count(retractions, 'retraction')}.`,
        ),
        triggers.length === 0
          ? null
          : htmlTable(
              { names: ['from, UTC', 'trigger', 'decided', 'how soon'], words: [1, 2, 3], times: [0] },
              triggers.map((trigger) => [
                utcSecond(trigger.openedAt),
                trigger.trigger,
                verdictWords(trigger),
                latencyWords(trigger) || '–',
              ]),
              triggersOmitted,
            ),
      )

const notes = ({ notes: { notes: written, omitted } }: NightReport): Markup | null =>
  written.length === 0
    ? null
    : section(
        'Notes',
        htmlTable(
          { names: ['at, UTC', 'by', 'note'], words: [1, 2], times: [0] },
          written.map(({ at, by, text }) => [utcSecond(at), by, text]),
          omitted,
        ),
      )

/** What of the night is not its weather, a section each; those without anything are left out. */
export const wholeNightHtml = (report: NightReport): Markup => {
  return markup`${notes(report)}${observing(report)}${alerts(report)}
<div class="columns"><div>${course(report)}</div><div>${schedule(report)}${calibrationsHtml(report)}${imagesHtml(report)}${devicesHtml(report)}</div></div>`
}
