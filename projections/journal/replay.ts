import { News } from '#domain/night/news.ts'
import { sentenceOf } from '#domain/sentences.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { epochMsOf, type Instant } from '#domain/shared/time.ts'

/** An event of the past, played. `changes` is empty for one more of many. */
export type Played = {
  readonly event: Recorded
  readonly changes: readonly string[]
  readonly sentence: string
}

/** What comes of a replay: events when they are due; `idle` when nothing was for a while; what held where it began. */
export type ReplayItem =
  | { readonly kind: 'event'; readonly played: Played }
  | { readonly kind: 'before'; readonly events: number; readonly last: Played | null }
  | { readonly kind: 'idle' }

export type ReplayOptions = {
  /** Seconds of the night to a second of ours. */
  readonly speed: number
  /** From here on; what was before is only summed up. */
  readonly at?: Instant | undefined
  /** Every event, not only those that change something. */
  readonly all: boolean
  readonly clock: Clock
  /** How long nothing may come before `idle` does. */
  readonly idleMs: number
}

/** Event time at the replay's pace: the first instant is now. */
const pace = ({ clock, speed }: ReplayOptions, first: Instant) => {
  const [startedMs, firstMs] = [clock.now(), epochMsOf(first)]
  return (at: Instant): number => startedMs + (epochMsOf(at) - firstMs) / speed
}

async function* untilDue(
  dueMs: number,
  { clock, idleMs }: ReplayOptions,
  signal: AbortSignal,
): AsyncGenerator<ReplayItem> {
  while (clock.now() < dueMs) {
    await clock.sleepUntil(Math.min(dueMs, clock.now() + idleMs), signal).catch(() => {})
    if (signal.aborted) return
    if (clock.now() < dueMs) yield { kind: 'idle' }
  }
}

/**
 * Plays events in their own time, scaled. It only reads: nothing is decided, sent or written. Takes an event when the one
 * before is due, so it holds one at a time; ends with them or with `signal`.
 */
export async function* replay(
  events: AsyncIterable<Recorded>,
  options: ReplayOptions,
  signal: AbortSignal,
): AsyncGenerator<ReplayItem> {
  const { at, all } = options
  const news = new News()
  let before: { events: number; last: Played | null } | null = { events: 0, last: null }
  let dueAt: ((at: Instant) => number) | null = null
  for await (const event of events) {
    if (signal.aborted) return
    const { occurredAt } = event.metadata
    const changes = news.of(event)
    const played: Played = { event, changes, sentence: sentenceOf(event) ?? event.type }
    if (before && at !== undefined && occurredAt < at) {
      before = { events: before.events + 1, last: changes.length > 0 ? played : before.last }
      continue
    }
    if (before && at !== undefined) yield { kind: 'before', ...before }
    before = null
    dueAt ??= pace(options, at ?? occurredAt)
    if (changes.length === 0 && !all) continue
    yield* untilDue(dueAt(occurredAt), options, signal)
    if (signal.aborted) return
    yield { kind: 'event', played }
  }
  if (before && at !== undefined) yield { kind: 'before', ...before }
}
