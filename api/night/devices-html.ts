import type { NightReport } from '#domain/night/report-schema.ts'
import { htmlTable, section } from './html-table.ts'
import { type Markup, markup } from './markup.ts'
import { calibrationWords, imageQualityWords } from './tell.ts'
import { duration, utcSecond } from './words.ts'

/** Commands, and what did not go as it was asked for; null where no device said anything. */
export const devicesHtml = ({
  devices: {
    commands,
    byHand,
    byHandOmitted,
    problems,
    problemsOmitted,
    links,
    linksOmitted,
    alarms,
    alarmsOmitted,
  },
}: NightReport): Markup | null =>
  commands.length + problems.length + links.length + alarms.length === 0
    ? null
    : section(
        'Devices',
        commands.length === 0
          ? null
          : htmlTable(
              {
                names: ['commands to', 'asked', 'done', 'refused', 'failed', 'no end'],
                words: [],
                times: [],
              },
              commands.map(({ device, requested, completed, refused, failed, timedOut }) => [
                device,
                requested,
                completed,
                refused,
                failed,
                timedOut,
              ]),
            ),
        byHand.length === 0
          ? null
          : htmlTable(
              { names: ['at, UTC', 'by hand', 'by'], words: [1, 2], times: [0] },
              byHand.map(({ at, device, name, by }) => [utcSecond(at), `${device} ${name}`, by]),
              byHandOmitted,
            ),
        problems.length === 0
          ? null
          : htmlTable(
              { names: ['at, UTC', 'what', 'why'], words: [1, 2], times: [0] },
              problems.map(({ at, device, name, outcome, why }) => [
                utcSecond(at),
                `${device} ${name}`,
                `${outcome}: ${why}`,
              ]),
              problemsOmitted,
            ),
        links.length === 0
          ? null
          : htmlTable(
              { names: ['out of reach, UTC', 'for', 'what'], words: [2], times: [0] },
              links.map(({ device, from, to, downS, detail }) => [
                from ? utcSecond(from) : 'before',
                `${duration(downS)}${to ? '' : ' so far'}`,
                `${device}${detail ? `: ${detail}` : ''}`,
              ]),
              linksOmitted,
            ),
        alarms.length === 0
          ? null
          : htmlTable(
              { names: ['alarm', 'times', 'what was done'], words: [2], times: [] },
              alarms.map(({ device, text, raised, steps }) => [
                `${device}: ${text}`,
                raised,
                steps.map(({ at, step }) => `${step} ${utcSecond(at)}`).join(', '),
              ]),
              alarmsOmitted,
            ),
      )

/** What was taken to correct images with; null where nothing was. */
export const calibrationsHtml = ({ calibrations }: NightReport): Markup | null =>
  calibrations.length === 0
    ? null
    : section(
        'Calibration frames',
        htmlTable(
          { names: ['of', 'taken', 'usable'], words: [0], times: [] },
          calibrations.map((frames) => [calibrationWords(frames), frames.frames, frames.usable]),
        ),
      )

/** What the images are worth, in one line; null where none was looked at. */
export const imagesHtml = (report: NightReport): Markup | null => {
  const words = imageQualityWords(report)
  return words === null ? null : section('Images', markup`<p>${words}.</p>`)
}
