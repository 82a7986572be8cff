/** What the API answers, as types for the page: nothing of the server comes along with them. */
import type { z } from 'zod'
import type { alertDetailSchema, alertListSchema } from '#api/http/alert-shape.ts'
import type { consequencesSchema, whySchema } from '#api/http/cause-graph.ts'
import type { deviceSchema } from '#api/http/device-shape.ts'
import type { environmentSchema } from '#api/http/environment.ts'
import type { eventSchema } from '#api/http/events.ts'
import type { imageSchema } from '#api/http/image-shape.ts'
import type { journalEntrySchema } from '#api/http/journal-entry.ts'
import type { nightSchema, nowSchema, observationSchema } from '#api/http/night/shapes.ts'
import type { noteShownSchema } from '#api/http/notes.ts'
import type { partSchema } from '#api/http/operation/parts.ts'
import type { askedSchema } from '#api/http/operation/plc.ts'
import type { problemSchema } from '#api/http/problem.ts'
import type { projectionSchema } from '#api/http/projection-shape.ts'
import type { receiptSchema } from '#api/http/requests/answer.ts'
import type {
  summarySchema as requestSummarySchema,
  wholeSchema as wholeRequestSchema,
} from '#api/http/requests.ts'
import type { changesSchema, scheduleSchema, versionSchema } from '#api/http/schedule-shapes.ts'
import type { summarySchema as sequenceSummarySchema } from '#api/http/sequences.ts'
import type { siteAnswerSchema } from '#api/http/site.ts'
import type { sitewatchSchema } from '#api/http/sitewatch.ts'
import type { agentSchema, graphSchema } from '#api/http/system.ts'
import type { visibilitySchema } from '#api/http/visibility.ts'
import type { weatherwatchSchema } from '#api/http/weatherwatch.ts'

export type Agent = z.output<typeof agentSchema>
export type Alert = z.output<typeof alertListSchema>
export type AlertStory = z.output<typeof alertDetailSchema>
export type Consequences = z.output<typeof consequencesSchema>
export type Device = z.output<typeof deviceSchema>
export type Environment = z.output<typeof environmentSchema>
export type Quantity = Environment['quantities'][number]
export type EventAnswer = z.output<typeof eventSchema>
export type Graph = z.output<typeof graphSchema>
export type GraphNode = Graph['nodes'][number]
export type Image = z.output<typeof imageSchema>
export type JournalEntry = z.output<typeof journalEntrySchema>
export type Night = z.output<typeof nightSchema>
export type NightNow = z.output<typeof nowSchema>
export type Note = z.output<typeof noteShownSchema>
export type Observation = z.output<typeof observationSchema>
export type PartAnswer = z.output<typeof partSchema>
export type PlcAsked = z.output<typeof askedSchema>
export type Problem = z.output<typeof problemSchema>
export type Projection = z.output<typeof projectionSchema>
export type Receipt = z.output<typeof receiptSchema>
export type RequestSummary = z.output<typeof requestSummarySchema>
export type WholeRequest = z.output<typeof wholeRequestSchema>
export type Schedule = z.output<typeof scheduleSchema>
export type ScheduleEntry = Schedule['entries'][number]
export type ScheduleVersion = z.output<typeof versionSchema>
export type ScheduleChanges = z.output<typeof changesSchema>
export type Sequence = z.output<typeof sequenceSummarySchema>
export type SiteAnswer = z.output<typeof siteAnswerSchema>
export type SiteRow = z.output<typeof sitewatchSchema>
export type Visibility = z.output<typeof visibilitySchema>
export type WeatherRow = z.output<typeof weatherwatchSchema>
export type Why = z.output<typeof whySchema>
