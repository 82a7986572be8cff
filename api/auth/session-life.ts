import type { Session } from '#commands/people/credentials.ts'
import { addSeconds, type Instant } from '#domain/shared/time.ts'

const slidingS = 12 * 3600
const absoluteS = 7 * 24 * 3600
/** A session in use is written down as seen this often, not at every request. */
const noteS = 60

/** When a session ends by itself: 12 h after it was last seen, 7 d after it began. */
export const endOf = ({ beganAt, seenAt }: Pick<Session, 'beganAt' | 'seenAt'>): Instant => {
  const [sliding, absolute] = [addSeconds(seenAt, slidingS), addSeconds(beganAt, absoluteS)]
  return sliding < absolute ? sliding : absolute
}

export const isDueToNote = (lastAt: Instant | null, now: Instant): boolean =>
  lastAt === null || addSeconds(lastAt, noteS) <= now

/** Sessions not seen since, or begun before these, are over. */
export const overBefore = (now: Instant) => ({
  notSeenSince: addSeconds(now, -slidingS),
  begunBefore: addSeconds(now, -absoluteS),
})
