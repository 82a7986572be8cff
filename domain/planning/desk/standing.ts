import type { Ask, Desk, Standing } from './desk.ts'

/** The plan of a night that is in force; null before there is one. */
export const standingOf = ({ standing }: Desk, night: string): Standing | null =>
  standing?.night === night ? standing : null

/** How far the stream of a night's plans is known. */
export const revisionOf = (desk: Desk, night: string): bigint | 'none' =>
  standingOf(desk, night)?.revision ?? 'none'

/** Whether more of that stream is known than was expected there. */
export const isBeyond =
  (night: string, expected: bigint | 'none') =>
  (desk: Desk): boolean => {
    const now = revisionOf(desk, night)
    return now !== 'none' && (expected === 'none' || now > expected)
  }

/** What a plan answered, asked once more. */
export const askedAgain = (standing: Standing): Ask[] =>
  standing.asks.map(({ why, eventId }) => ({
    why,
    eventId,
    correlationId: eventId,
    at: standing.publishedAt,
    position: { commit: 0n, prepare: 0n },
    keep: true,
    simulated: false,
    requestId: null,
  }))
