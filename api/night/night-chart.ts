import type { NightReport } from '#domain/night/report-schema.ts'
import { addSeconds, epochMsOf, type Instant, instantOf, secondsBetween } from '#domain/shared/time.ts'
import { type Axis, axis, roundScale, ticks, xOf } from './axis.ts'
import { courseLanes } from './course-lanes.ts'
import { type Markup, markup } from './markup.ts'
import { laneHeight, lanes, verdictLanes, verdictStrip } from './verdict-lanes.ts'
import { siteMinute, spaced, upToTenths, utcMinute } from './words.ts'

const left = 116
const width = 820
const right = left + width
const wholeTop = 34
const detailTop = 112
const trackHeight = 80
const leastRangeS = 600

type Track = NightReport['timeline']['tracks'][number]

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b)
const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b)

/** What is drawn in detail: from the first event to the last, and as long as its verdict held. */
const recorded = ({ begins, asOf, events, verdicts }: NightReport): readonly [Instant, Instant] => {
  const from = later(begins, events.firstAt)
  // In an outage a verdict holds for longer than there are events.
  const held = verdicts.spans.findLast(({ state }) => state !== 'unwatched')?.to ?? from
  return [from, later(earlier(asOf, later(events.lastAt, held)), addSeconds(from, leastRangeS))]
}

const marginS = 1800

/** Of what was recorded the hours with the Sun down, where anything of the night itself is on record then. */
const detailed = (report: NightReport): readonly [Instant, Instant] => {
  const { roof, course } = report
  const [from, to] = recorded(report)
  if (!roof || course.phases.length === 0) return [from, to]
  const [first, last] = [
    later(from, addSeconds(roof.from, -marginS)),
    earlier(to, addSeconds(roof.to, marginS)),
  ]
  return secondsBetween(first, last) < leastRangeS ? [from, to] : [first, last]
}

const tickLabels = (at: Axis, y: number, wanted: number, words: (instant: Instant) => string): Markup =>
  markup`${ticks(at, wanted).map(
    (ms) =>
      markup`<text class="tick" x="${xOf(at, ms)}" y="${y}" text-anchor="middle">${words(instantOf(ms))}</text>`,
  )}`

const gridLines = (at: Axis, top: number, bottom: number, wanted: number): Markup =>
  markup`${ticks(at, wanted).map(
    (ms) => markup`<line class="grid" x1="${xOf(at, ms)}" x2="${xOf(at, ms)}" y1="${top}" y2="${bottom}"/>`,
  )}`

/** The night from noon to noon: when the sun is down, what held, and which part is drawn below. */
const whole = (report: NightReport, [from, to]: readonly [Instant, Instant]): Markup => {
  const { begins, ends, roof, site } = report
  const day = axis(begins, ends, left, width)
  const [x1, x2] = [xOf(day, epochMsOf(from)), xOf(day, epochMsOf(to))]
  const dark = roof && [xOf(day, epochMsOf(roof.from)), xOf(day, epochMsOf(roof.to))]
  return markup`
  <text class="caption" x="${left - 26}" y="${wholeTop - 12}" text-anchor="end">UTC</text>
  ${tickLabels(day, wholeTop - 12, 13, utcMinute)}
  <rect class="day" x="${left}" y="${wholeTop - 6}" width="${width}" height="24"/>
  ${dark ? markup`<rect class="dark" x="${dark[0] ?? 0}" y="${wholeTop - 6}" width="${(dark[1] ?? 0) - (dark[0] ?? 0)}" height="24"/>` : null}
  ${verdictStrip(day, wholeTop + 1, 10, report)}
  <text class="lane" x="${left - 10}" y="${wholeTop + 10}" text-anchor="end">noon to noon</text>
  <text class="caption" x="${left - 26}" y="${wholeTop + 32}" text-anchor="end">at the site</text>
  ${tickLabels(day, wholeTop + 32, 13, (instant) => siteMinute(instant, site.timeZone))}
  <path class="lens" d="M${x1} ${wholeTop + 19}V${wholeTop + 38}L${left} ${detailTop - 24}M${x2} ${wholeTop + 19}V${wholeTop + 38}L${right} ${detailTop - 24}"/>`
}

const scaleLabel = (y: number, value: number): Markup =>
  markup`<text class="tick" x="${right + 8}" y="${y + 3.5}">${upToTenths(value)}</text>`

/** Beside the scale, where no curve runs into it. */
const limitLine = (y: number, limit: number): Markup => markup`
  <line class="limit" x1="${left}" x2="${right + 5}" y1="${y}" y2="${y}"/>
  <text class="limit-label" x="${right + 8}" y="${y + 3.5}">limit ${upToTenths(limit)}</text>`

const curve = (
  at: Axis,
  report: NightReport,
  { limit, points: all, quantity, unit }: Track,
  top: number,
): Markup => {
  const { from, stepS } = report.timeline
  const points = all.filter(([step]) => {
    const ms = epochMsOf(from) + (step + 0.5) * stepS * 1000
    return ms >= at.fromMs && ms <= at.toMs
  })
  if (points.length === 0) return markup``
  const values = points.flatMap(([, min, , max]) => [min, max])
  const nearby = limit === null ? [] : [limit]
  const [least, greatest] = roundScale(Math.min(...values, ...nearby), Math.max(...values, ...nearby))
  const [floor, height] = [top + trackHeight - 10, trackHeight - 22]
  const y = (value: number) =>
    Math.round((floor - ((value - least) / (greatest - least || 1)) * height) * 10) / 10
  const x = (step: number) => xOf(at, epochMsOf(from) + (step + 0.5) * stepS * 1000)
  // A gap in the record is a gap in the line.
  const runs: Track['points'][] = []
  for (const point of points) {
    const run = runs.at(-1)
    if (run && (run.at(-1)?.[0] ?? -2) === point[0] - 1) run.push(point)
    else runs.push([point])
  }
  const band = (run: Track['points']) =>
    `M${run.map(([step, min]) => `${x(step)} ${y(min)}`).join('L')}L${run
      .toReversed()
      .map(([step, , , max]) => `${x(step)} ${y(max)}`)
      .join('L')}Z`
  const line = (run: Track['points']) =>
    `M${run.map(([step, , mean]) => `${x(step)} ${y(mean)}`).join('L')}h0.1`
  return markup`
  <text class="lane strong" x="${left - 10}" y="${top + 22}" text-anchor="end">${spaced(quantity)}</text>
  <text class="caption" x="${left - 10}" y="${top + 36}" text-anchor="end">${unit}</text>
  <line class="base" x1="${left}" x2="${right}" y1="${floor}" y2="${floor}"/>
  ${limit === null ? null : limitLine(y(limit), limit)}
  <path class="band" d="${runs.map(band).join('')}"/>
  <path class="mean" d="${runs.map(line).join('')}"/>
  ${[least, greatest].map((value) =>
    limit !== null && Math.abs(y(value) - y(limit)) < 11 ? null : scaleLabel(y(value), value),
  )}`
}

/** The night drawn: all of it in a strip, and what was recorded with its verdicts and quantities. */
export const nightChart = (report: NightReport): Markup => {
  const range = detailed(report)
  const at = axis(range[0], range[1], left, width)
  const { tracks } = report.timeline
  const course = courseLanes(at, detailTop, report)
  const verdictsTop = detailTop + course.height
  const tracksTop = verdictsTop + lanes.length * laneHeight + 8
  const bottom = tracksTop + tracks.length * trackHeight
  const height = bottom + 26
  return markup`<svg viewBox="0 0 ${right + 78} ${height}" role="img" aria-label="Course, verdicts and weather through the night">
  <defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" x2="0" y1="0" y2="5"/></pattern></defs>
  ${whole(report, range)}
  <text class="caption" x="${left - 26}" y="${detailTop - 10}" text-anchor="end">UTC</text>
  ${tickLabels(at, detailTop - 10, 12, utcMinute)}
  ${gridLines(at, detailTop - 4, bottom, 12)}
  ${course.drawn}
  ${verdictLanes(at, verdictsTop, report)}
  ${tracks.map((track, i) => curve(at, report, track, tracksTop + i * trackHeight))}
  <text class="caption" x="${left - 26}" y="${bottom + 16}" text-anchor="end">at the site</text>
  ${tickLabels(at, bottom + 16, 12, (instant) => siteMinute(instant, report.site.timeZone))}
</svg>`
}
