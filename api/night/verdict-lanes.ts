import type { Held, NightReport } from '#domain/night/report-schema.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { type Axis, xOf } from './axis.ts'
import { type Markup, markup } from './markup.ts'

/** A lane each, as on a logic analyser: readable without colour. */
export const lanes: readonly (readonly [Held, string])[] = [
  ['safe', 'safe'],
  ['warn', 'warn'],
  ['unsafe', 'unsafe'],
  ['unknown', 'unknown'],
  ['unwatched', 'not watched'],
]

export const laneHeight = 13

const bar = (axis: Axis, y: number, height: number, state: Held, from: string, to: string): Markup => {
  const x = xOf(axis, epochMsOf(from))
  // A state that lasted a second of a night must still be seen.
  const width = Math.max(1.2, Math.round((xOf(axis, epochMsOf(to)) - x) * 10) / 10)
  return markup`<rect class="state ${state}" x="${x}" y="${y}" width="${width}" height="${height}"/>`
}

const within = ({ fromMs, toMs }: Axis, { from, to }: { from: string; to: string }): boolean =>
  epochMsOf(to) > fromMs && epochMsOf(from) < toMs

/** Which verdict held when: one lane for each. */
export const verdictLanes = (axis: Axis, top: number, { verdicts: { spans } }: NightReport): Markup =>
  markup`${lanes.map(
    ([state, words], i) => markup`
  <text class="lane" x="${axis.left - 10}" y="${top + i * laneHeight + 9.5}" text-anchor="end">${words}</text>
  <line class="grid" x1="${axis.left}" x2="${axis.left + axis.width}" y1="${top + i * laneHeight + 6}" y2="${top + i * laneHeight + 6}"/>
  ${spans
    .filter((span) => span.state === state && within(axis, span))
    .map(({ from, to }) => bar(axis, top + i * laneHeight + 1.5, 9, state, from, to))}`,
  )}`

/** The same in one strip. */
export const verdictStrip = (axis: Axis, top: number, height: number, { verdicts: { spans } }: NightReport) =>
  markup`${spans
    .filter((span) => within(axis, span))
    .map(({ state, from, to }) => bar(axis, top, height, state, from, to))}`
