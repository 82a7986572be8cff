import type { EventFeed } from '#commands/event-feed.ts'
import { catalogue } from '#domain/catalogue.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { epochMsOf } from '#domain/shared/time.ts'

/** The whole log, decoded: what cannot be is thrown. */
export const wholeLog = async (feed: EventFeed): Promise<Recorded[]> => {
  const events: Recorded[] = []
  const reading = new AbortController()
  for await (const batch of feed.follow([...catalogue.keys()], null, reading.signal)) {
    events.push(...batch.events)
    if (batch.caughtUp) break
  }
  return events
}

export type Look = { readonly atMs: number; readonly open: boolean }

type Verdict = { readonly fromMs: number; readonly bad: boolean }

/** Weather that nobody has judged for so long is not known. */
const knownForMs = 30_000

/** The verdicts in force, in order; unknown also where nobody judged for too long. */
const verdictsIn = (log: readonly Recorded[]): Verdict[] => {
  const verdicts: Verdict[] = [{ fromMs: 0, bad: true }]
  let [bad, judgedMs] = [true, 0]
  for (const { type, data, metadata } of log) {
    if (type !== 'SafetyVerdictGiven' && type !== 'EnvironmentAssessed') continue
    const atMs = epochMsOf(metadata.occurredAt)
    if (judgedMs > 0 && atMs - judgedMs > knownForMs) {
      verdicts.push({ fromMs: judgedMs + knownForMs, bad: true }, { fromMs: atMs, bad })
    }
    judgedMs = atMs
    if (type !== 'SafetyVerdictGiven') continue
    const { state } = data as { state: string }
    bad = state !== 'safe' && state !== 'warn'
    verdicts.push({ fromMs: atMs, bad })
  }
  return verdicts
}

/** The longest time in seconds that the dome was seen open without a break under a bad verdict. */
export const longestOpenInDangerS = (log: readonly Recorded[], looks: readonly Look[]): number => {
  const verdicts = verdictsIn(log)
  let longestMs = 0
  let sinceMs: number | null = null
  for (const { atMs, open } of looks) {
    const bad = verdicts.findLast(({ fromMs }) => fromMs <= atMs)?.bad ?? true
    if (!open || !bad) sinceMs = null
    else {
      sinceMs ??= atMs
      longestMs = Math.max(longestMs, atMs - sinceMs)
    }
  }
  return longestMs / 1000
}

/** What stands there more than once, of what is once. */
export const repeated = (names: readonly string[]): string[] => {
  const seen = new Set<string>()
  return names.filter((name) => {
    const before = seen.has(name)
    seen.add(name)
    return before
  })
}

export const dataOf = (
  log: readonly Recorded[],
  ...types: readonly string[]
): Readonly<Record<string, unknown>>[] =>
  log.filter(({ type }) => types.includes(type)).map(({ data }) => data as Readonly<Record<string, unknown>>)
