import type { Night } from '../../../answers.ts'

const dayMs = 86_400_000

/** The night that an instant lies in: the last that had begun. */
export const nightAt = (nights: readonly Night[], at: string): Night | null =>
  nights.find(({ opened_at }) => opened_at <= at) ?? nights.at(-1) ?? null

/** From when to when a night can be looked at. */
export const spanOfNight = (night: Night, nowMs: number): { from: number; until: number } => {
  const from = Date.parse(night.opened_at)
  const until = night.closed_at ? Date.parse(night.closed_at) : Math.min(nowMs, from + dayMs)
  return { from, until: Math.max(until, from + 1000) }
}

/** An instant as the API takes it; the future has not been yet. */
export const instantAt = (ms: number, { from, until }: { from: number; until: number }): string =>
  new Date(Math.max(from, Math.min(until, ms))).toISOString()
