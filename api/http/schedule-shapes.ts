import { z } from 'zod'
import { askReasons, planMethods, scheduleExplained, schedulePublished } from '#domain/planning/events.ts'
import type { ChangeRow, EntryRow, ExplanationRow, VersionRow } from '#projections/schedule/queries.ts'

const instant = z.iso.datetime()
const published = schedulePublished.schema.shape

export const versionSchema = z
  .object({
    night: z.iso.date(),
    version: z.int(),
    eventId: z.uuid().describe('ask /api/events/:id/why about it'),
    publishedAt: instant,
    causes: z.array(z.object({ why: z.enum(askReasons), eventId: z.uuid() })).describe('what asked for it'),
    method: z.enum(planMethods),
    from: instant.describe('nothing is planned before'),
    until: instant,
    closures: z.array(z.object({ from: instant, until: instant, why: z.string() })),
    objective: z.number(),
    bound: z.number().describe('no plan could have a higher objective'),
    placed: z.int(),
    unplaced: z.int(),
    added: z.int(),
    dropped: z.int(),
    moved: z.int(),
    preempted: published.preempted,
    plannerVersion: z.string(),
    inputsHash: z.string().describe('the same hash is the same plan'),
    basedOn: z.string().describe('the last event it rests on: its place in the log'),
  })
  .meta({ id: 'ScheduleVersion' })

export const versionAnswer = (row: VersionRow): z.output<typeof versionSchema> =>
  versionSchema.parse({
    night: row.night,
    version: row.version,
    eventId: row.event_id,
    publishedAt: row.published_at,
    causes: row.asks,
    method: row.method,
    from: row.from_at,
    until: row.until_at,
    closures: row.closures,
    objective: row.objective,
    bound: row.bound,
    placed: row.placed,
    unplaced: row.unplaced,
    added: row.added,
    dropped: row.dropped,
    moved: row.moved,
    preempted: row.preempted,
    plannerVersion: row.planner_version,
    inputsHash: row.inputs_hash,
    basedOn: row.based_on,
  })

const entrySchema = published.placed.element.meta({ id: 'ScheduleEntry' })
export type ScheduleEntry = z.output<typeof entrySchema>

export const entryAnswer = (row: EntryRow): ScheduleEntry =>
  entrySchema.parse({
    sequenceId: row.sequence_id,
    occurrence: row.occurrence,
    requestId: row.request_id,
    name: row.name,
    kind: row.kind,
    setupAt: row.setup_at,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    priority: row.priority,
    value: row.value,
    quality: row.quality,
    raDeg: row.ra_deg,
    decDeg: row.dec_deg,
    altitudeDeg: row.altitude_deg,
    airmass: row.airmass,
    moonSeparationDeg: row.moon_separation_deg,
    slackBeforeS: row.slack_before_s,
    slackAfterS: row.slack_after_s,
    chargeS: row.charge_s,
  })

const coded = z.object({ sequenceId: z.string(), requestId: z.string(), code: z.string() })
const explained = scheduleExplained.schema.shape.unplaced.element
const leftOutSchema = z
  .object({
    ...coded.shape,
    figures: z.record(z.string(), z.unknown()).nullable(),
    text: z.string().nullable().describe('null until the reasons are written, a moment after the plan'),
    remedy: z.string().nullable().describe('what would have to be otherwise'),
  })
  .meta({ id: 'LeftOut' })

/** Page 0 says who is left out, the later ones why. */
export const leftOutAnswer = (rows: readonly ExplanationRow[]): z.output<typeof leftOutSchema>[] => {
  const why = new Map(
    rows
      .filter(({ page }) => page > 0)
      .flatMap(({ unplaced }) => z.array(explained).parse(unplaced))
      .map((entry) => [entry.sequenceId, entry]),
  )
  const all = rows.filter(({ page }) => page === 0).flatMap(({ unplaced }) => z.array(coded).parse(unplaced))
  return all.map((one) => {
    const { figures = null, text = null, remedy = null } = why.get(one.sequenceId) ?? {}
    return { ...one, figures, text, remedy }
  })
}

export const scheduleSchema = versionSchema
  .extend({
    site: z.string(),
    entries: z.array(entrySchema).describe('in the order of time'),
    leftOut: z.array(leftOutSchema),
    explained: z.boolean().describe('whether all reasons are written'),
  })
  .meta({ id: 'Schedule' })

export const changesSchema = z
  .object({
    night: z.iso.date(),
    version: z.int(),
    previous: z.int().nullable().describe('the version it is compared with; null for the first'),
    causes: versionSchema.shape.causes,
    ...published.changes.unwrap().shape,
  })
  .meta({ id: 'ScheduleChanges' })

export const changesAnswer = (
  version: VersionRow,
  rows: readonly ChangeRow[],
): z.output<typeof changesSchema> => {
  const of = (change: string) =>
    rows
      .filter((row) => row.change === change)
      .map(({ sequence_id, occurrence, was_at, starts_at, by_s, code }) => ({
        sequenceId: sequence_id,
        occurrence,
        wasAt: was_at,
        startsAt: starts_at,
        byS: by_s,
        code,
      }))
  return changesSchema.parse({
    night: version.night,
    version: version.version,
    previous: version.version > 1 ? version.version - 1 : null,
    causes: version.asks,
    added: of('added'),
    dropped: of('dropped'),
    moved: of('moved'),
  })
}
