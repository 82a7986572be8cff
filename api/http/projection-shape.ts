import { z } from 'zod'
import { instantOf } from '#domain/shared/time.ts'
import { differs } from '#projections/engine/compare.ts'
import type { GenerationReport } from '#projections/engine/reports.ts'
import { lagEventsOf, lagSecondsOf, secondsLeftOf, shareDoneOf } from '#projections/engine/status.ts'

const comparisonSchema = z.object({
  samePosition: z
    .boolean()
    .describe('whether both stood at one position; if not, events in between may explain a difference'),
  tables: z
    .array(
      z.object({
        table: z.string(),
        liveRows: z.number().int(),
        nextRows: z.number().int(),
        missing: z.number().int().describe('keys that only the live one has'),
        extra: z.number().int().describe('keys that only the new one has'),
        different: z.number().int().describe('keys of both whose rows differ'),
        notCompared: z.array(z.string()).readonly().describe('columns that one of the two has not'),
        examples: z.array(z.object({ key: z.record(z.string(), z.unknown()), how: z.string() })).readonly(),
      }),
    )
    .readonly(),
})

export const generationSchema = z
  .object({
    generation: z.number().int(),
    version: z.number().int(),
    role: z.enum(['building', 'live', 'old', 'dropped']),
    origin: z.enum(['first', 'rebuild', 'rollback']),
    state: z.string(),
    position: z.string().describe('commit position in the log'),
    events: z.number().int(),
    eventsPerSecond: z.number(),
    share: z.number().min(0).max(1).describe('of the log that is done'),
    secondsLeft: z.number().nullable(),
    lagEvents: z
      .number()
      .int()
      .nullable()
      .describe('judged by the events so far while behind; 0 when caught up'),
    lagSeconds: z.number().nullable().describe('age of the newest projected event while behind'),
    standingSince: z.iso.datetime().nullable().describe('the alarm: it stands still though there is work'),
    error: z.string().nullable(),
    differs: z.boolean().nullable().describe('from the live one, once compared'),
    comparison: comparisonSchema.nullable(),
    outcome: z.string().nullable(),
  })
  .meta({ id: 'Generation' })

export const projectionSchema = z
  .object({
    name: z.string(),
    version: z.number().int().describe('of this program'),
    live: generationSchema.nullable().describe('what readers see'),
    rebuild: generationSchema.nullable().describe('what is being filled beside it'),
    old: generationSchema.nullable().describe('what was live until the last swap'),
  })
  .meta({ id: 'Projection' })

const tenths = (n: number): number => Math.round(n * 10) / 10

export const generationShown = (
  report: GenerationReport,
  nowMs: number,
): z.output<typeof generationSchema> => {
  const { generation, version, role, origin, state, checkpoint, rate, error, comparison, outcome } = report
  const secondsLeft = secondsLeftOf(report)
  return {
    ...{ generation, version, role, origin, state, error, comparison, outcome },
    position: `${checkpoint.position?.commit ?? 0}`,
    events: checkpoint.events,
    eventsPerSecond: tenths(rate),
    share: shareDoneOf(report),
    secondsLeft: secondsLeft === null ? null : tenths(secondsLeft),
    lagEvents: lagEventsOf(report),
    lagSeconds: lagSecondsOf(report, nowMs),
    standingSince: report.standingSince === null ? null : instantOf(Date.parse(report.standingSince)),
    differs: comparison === null ? null : differs(comparison),
  }
}
