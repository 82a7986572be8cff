import type { NightReport } from '#domain/night/report-schema.ts'
import { epochMsOf, type Instant } from '#domain/shared/time.ts'
import { type Axis, xOf } from './axis.ts'
import { type Markup, markup } from './markup.ts'
import { imagesWords, outcomeWords, suspensionWords, verdictWords } from './tell.ts'

const laneHeight = 17
const barHeight = 11
const letterWidth = 6.2

type Span = { readonly from: Instant; readonly to: Instant }

const placeOf = (axis: Axis, { from, to }: Span): { x: number; width: number } => {
  const x = xOf(axis, epochMsOf(from))
  // What lasted a second of a night must still be seen.
  return { x, width: Math.max(1.2, Math.round((xOf(axis, epochMsOf(to)) - x) * 10) / 10) }
}

const within = ({ fromMs, toMs }: Axis, { from, to }: Span): boolean =>
  epochMsOf(to) > fromMs && epochMsOf(from) < toMs

const bar = (axis: Axis, y: number, span: Span, kind: string, title: string): Markup => {
  const { x, width } = placeOf(axis, span)
  return markup`<rect class="bar ${kind}" x="${x}" y="${y}" width="${width}" height="${barHeight}"><title>${title}</title></rect>`
}

/** The phase's name where there is room for it. */
const phase = (axis: Axis, y: number, span: NightReport['course']['phases'][number], i: number): Markup => {
  const { x, width } = placeOf(axis, span)
  const name = span.phase.replace('-', ' ')
  const fits = name.length * letterWidth + 6 < width
  return markup`${bar(axis, y, span, i % 2 === 0 ? 'phase' : 'phase other', name)}${
    fits ? markup`<text class="tick" x="${x + 4}" y="${y + 9}">${name}</text>` : null
  }`
}

const diamond = (axis: Axis, y: number, at: Instant, kind: string, title: string): Markup => {
  const x = xOf(axis, epochMsOf(at))
  const middle = y + barHeight / 2
  return markup`<path class="alert ${kind}" d="M${x} ${middle - 5}l5 5l-5 5l-5 -5Z"><title>${title}</title></path>`
}

const cross = (axis: Axis, y: number, at: Instant, title: string): Markup => {
  const x = xOf(axis, epochMsOf(at))
  return markup`<path class="missed" d="M${x - 3} ${y + 2.5}l6 6m0 -6l-6 6"><title>${title}</title></path>`
}

type Lane = { readonly words: string; readonly drawn: (axis: Axis, y: number) => readonly Markup[] }

const courseLanesOf = ({ course, asOf }: NightReport): Lane[] => [
  {
    words: 'phase',
    drawn: (axis, y) =>
      course.phases.flatMap((span, i) => (within(axis, span) ? [phase(axis, y, span, i)] : [])),
  },
  {
    words: 'roof',
    drawn: (axis, y) =>
      course.roof.spans
        .filter((span) => span.state !== 'closed' && within(axis, span))
        .map((span) => bar(axis, y, span, `roof-${span.state}`, `roof ${span.state}`)),
  },
  {
    words: 'suspended',
    drawn: (axis, y) =>
      course.suspensions
        .map((suspension) => ({ ...suspension, to: suspension.to ?? asOf }))
        .filter((span) => within(axis, span))
        .map((span) => bar(axis, y, span, 'suspended', suspensionWords(span))),
  },
]

const observingLane = ({ observing, asOf }: NightReport): Lane => ({
  words: 'observing',
  drawn: (axis, y) => [
    ...observing.observations
      .map((one) => ({ one, from: one.from, to: one.to ?? (one.outcome === 'running' ? asOf : one.from) }))
      .map(({ one, ...span }) =>
        bar(
          axis,
          y,
          span,
          `observed ${one.outcome}`,
          `${one.name}: ${imagesWords(one)}, ${outcomeWords(one)}`,
        ),
      ),
    ...observing.missed.map(({ at, name, why }) => cross(axis, y, at, `${name} missed: ${why}`)),
  ],
})

const alertsLane = ({ alerts: { triggers } }: NightReport): Lane => ({
  words: 'alerts',
  drawn: (axis, y) =>
    triggers.map((trigger) =>
      diamond(
        axis,
        y,
        trigger.openedAt,
        trigger.outcome ?? 'wait',
        `${trigger.trigger}: ${verdictWords(trigger)}`,
      ),
    ),
})

/** Lanes of what there was; a night of weather alone has none. */
const lanesOf = (report: NightReport): Lane[] => [
  ...(report.course.phases.length + report.course.roof.spans.length > 0 ? courseLanesOf(report) : []),
  ...(report.observing.observations.length + report.observing.missed.length > 0
    ? [observingLane(report)]
    : []),
  ...(report.alerts.triggers.length > 0 ? [alertsLane(report)] : []),
]

/** Phases, roof, suspensions, observations and alerts under each other, and how high that is. */
export const courseLanes = (
  axis: Axis,
  top: number,
  report: NightReport,
): { drawn: Markup; height: number } => {
  const lanes = lanesOf(report)
  const drawn = markup`${lanes.map((lane, i) => {
    const y = top + i * laneHeight + 3
    return markup`
  <text class="lane" x="${axis.left - 10}" y="${y + 9}" text-anchor="end">${lane.words}</text>
  <line class="grid" x1="${axis.left}" x2="${axis.left + axis.width}" y1="${y + barHeight / 2}" y2="${y + barHeight / 2}"/>
  ${lane.drawn(axis, y)}`
  })}`
  return { drawn, height: lanes.length === 0 ? 0 : lanes.length * laneHeight + 8 }
}
