import { environmentDetails, type Focus, focusOf } from './environment/details.ts'
import { isEnvironmentEvent } from './environment/sentences.ts'
import { sentenceOf } from './sentences.ts'
import type { Recorded } from './shared/event.ts'
import type { Actor } from './shared/metadata.ts'
import type { Instant } from './shared/time.ts'

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

const isEnvironmental = (event: Recorded): event is Recorded & Parameters<typeof environmentDetails>[0] =>
  isEnvironmentEvent(event)

const detailsOf = (event: Recorded, focus: Focus): string[] =>
  isEnvironmental(event) ? environmentDetails(event, focus) : []

const nameOf = ({ kind, id }: Actor): string => `${kind} ${id}`

const headline = (event: Recorded): string => {
  const { actor, rulesVersion, simulated } = event.metadata
  const rules = rulesVersion ? `, by rules ${rulesVersion}` : ''
  return `${event.type}: ${sentenceOf(event) ?? 'no words for it yet'} (${nameOf(actor)}${rules}${simulated ? ', simulated' : ''})`
}

const eventLines = (event: Recorded, depth: number, focus: Focus): StoryLine[] => [
  { at: event.metadata.occurredAt, eventId: event.id, depth, text: headline(event) },
  ...detailsOf(event, focus).map((text) => ({ at: null, eventId: event.id, depth, text })),
]

/** Why something is as it is, a sentence per line, nearest cause first. */
export const storyOf = (chapters: readonly Chapter[]): StoryLine[] => {
  const first = chapters.find((chapter) => chapter.kind === 'event')?.event
  const focus = first && isEnvironmental(first) ? focusOf(first) : null
  return chapters.flatMap((chapter) =>
    chapter.kind === 'event'
      ? eventLines(chapter.event, chapter.depth, focus)
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
