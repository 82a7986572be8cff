import type { NightReport } from '#domain/night/report-schema.ts'
import { calibrationWords, imageQualityWords } from './tell.ts'
import { firstOf, textTable } from './text-table.ts'
import { count, duration, utcSecond } from './words.ts'

const mostLines = 40

export const calibrationsText = ({ calibrations }: NightReport): string[] =>
  calibrations.length === 0
    ? []
    : [
        'Calibration frames',
        ...textTable([
          ['of', 'taken', 'usable'],
          ...calibrations.map((frames) => [calibrationWords(frames), `${frames.frames}`, `${frames.usable}`]),
        ]),
        '',
      ]

/** What the images are worth; nothing where none was looked at. */
export const imagesText = (report: NightReport): string[] => {
  const words = imageQualityWords(report)
  return words === null ? [] : [`Images: ${words}.`, '']
}

export const devicesText = ({ devices }: NightReport): string[] => {
  const { commands, problems, problemsOmitted, links, linksOmitted, alarms, alarmsOmitted } = devices
  const { byHand, byHandOmitted } = devices
  if (commands.length + links.length + alarms.length + problems.length === 0) return []
  return [
    'Devices',
    ...(commands.length === 0
      ? []
      : textTable([
          ['commands to', 'asked', 'done', 'refused', 'failed', 'no end'],
          ...commands.map(({ device, requested, completed, refused, failed, timedOut }) => [
            device,
            ...[requested, completed, refused, failed, timedOut].map((n) => `${n}`),
          ]),
        ])),
    ...firstOf(
      byHand.map(({ at, device, name, by }) => `  ${utcSecond(at)} UTC   by hand: ${device} ${name}, ${by}`),
      mostLines,
      byHandOmitted,
    ),
    ...firstOf(
      problems.map(
        ({ at, device, name, outcome, why }) =>
          `  ${utcSecond(at)} UTC   ${device} ${name} ${outcome}: ${why}`,
      ),
      mostLines,
      problemsOmitted,
    ),
    ...firstOf(
      links.map(
        ({ device, from, to, downS, detail }) =>
          `  ${from ? `${utcSecond(from)} UTC` : 'from before '}   ${device} out of reach for ${duration(downS)}${to ? '' : ' so far'}${detail ? `: ${detail}` : ''}`,
      ),
      mostLines,
      linksOmitted,
    ),
    ...firstOf(
      alarms.map(
        ({ device, text, steps, raised }) =>
          `  alarm, ${device}: ${text} (${count(raised, 'time')}; ${steps.map(({ at, step }) => `${step} ${utcSecond(at)}`).join(', ')})`,
      ),
      mostLines,
      alarmsOmitted,
    ),
    '',
  ]
}
