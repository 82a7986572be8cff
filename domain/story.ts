import { isObservingEvent } from './observing/sentences.ts'
import { sentenceOf } from './sentences.ts'
import type { Recorded } from './shared/event.ts'
import type { Actor } from './shared/metadata.ts'
import { referencesOf } from './shared/references.ts'
import type { Instant } from './shared/time.ts'
import { detailsOf, type Subject, subjectOf } from './story-details.ts'

/** What a story goes through, from the event asked about back to where it began. */
export type Chapter =
  | { readonly kind: 'event'; readonly depth: number; readonly event: Recorded }
  | { readonly kind: 'command'; readonly depth: number; readonly id: string; readonly by: string }

export type StoryLine = {
  /** Null where the line goes on about the event before it. */
  readonly at: Instant | null
  readonly eventId: string | null
  readonly depth: number
  readonly text: string
}

const nameOf = ({ kind, id, via }: Actor): string =>
  `${kind} ${id}${via === undefined ? '' : ` through ${via}`}`

const headline = (event: Recorded): string => {
  const { actor, rulesVersion, simulated } = event.metadata
  const rules = rulesVersion ? `, by rules ${rulesVersion}` : ''
  return `${event.type}: ${sentenceOf(event) ?? 'no words for it yet'} (${nameOf(actor)}${rules}${simulated ? ', simulated' : ''})`
}

const eventLines = (event: Recorded, depth: number, subject: Subject): StoryLine[] => [
  { at: event.metadata.occurredAt, eventId: event.id, depth, text: headline(event) },
  ...detailsOf(event, subject).map((text) => ({ at: null, eventId: event.id, depth, text })),
]

type Told = Extract<Chapter, { kind: 'event' }>

/** Steps back from the beginning of an observation that are told of the conversations in it. */
const steps = 2

/**
 * Where a story ends before its causes do. An image rests on every exposure before it, and a plan on what was observed
 * before: behind the beginning of the observation, which names what it rests on, they explain nothing.
 */
const isEnough = ({ event, depth }: Told, begun: number | undefined, sequenceId: string | null): boolean =>
  (sequenceId !== null && isObservingEvent(event) && event.data.sequenceId !== sequenceId) ||
  (begun !== undefined && depth >= begun + steps && event.type.startsWith('DeviceCommand'))

const causesOf = ({ metadata, data }: Recorded): string[] => [
  metadata.causationId,
  ...referencesOf(data).map(({ id }) => id),
]

const toldOf = (chapters: readonly Chapter[], { sequenceId }: Subject): readonly Chapter[] => {
  const events = chapters.flatMap((chapter) => (chapter.kind === 'event' ? [chapter] : []))
  const byId = new Map(events.map((chapter) => [chapter.event.id, chapter]))
  const begun = events.find(({ event }) => event.type === 'ObservationStarted')?.depth
  const told = new Set(events.slice(0, 1).map(({ event }) => event.id))
  for (const id of told) {
    const chapter = byId.get(id)
    if (chapter && !isEnough(chapter, begun, sequenceId))
      for (const cause of causesOf(chapter.event)) told.add(cause)
  }
  return chapters.filter((chapter) => told.has(chapter.kind === 'event' ? chapter.event.id : chapter.id))
}

/** Why something is as it is, a sentence per line, nearest cause first. */
export const storyOf = (chapters: readonly Chapter[]): StoryLine[] => {
  const subject = subjectOf(chapters.flatMap((chapter) => (chapter.kind === 'event' ? [chapter.event] : [])))
  return toldOf(chapters, subject).flatMap((chapter) =>
    chapter.kind === 'event'
      ? eventLines(chapter.event, chapter.depth, subject)
      : [
          {
            at: null,
            eventId: null,
            depth: chapter.depth,
            text: `it began with command ${chapter.id}, given by ${chapter.by.replace(':', ' ')}`,
          },
        ],
  )
}
