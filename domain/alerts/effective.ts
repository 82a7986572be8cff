import type { TriggerEvent } from './events.ts'
import { missionNamed } from './missions/missions.ts'
import type { NoticeDigest, Place } from './notice.ts'

type Opened = Extract<TriggerEvent, { type: 'TriggerOpened' }>
export type Effective = Opened['data']['effective']

// A retraction that does not say when it was made holds against everything.
const never = '~'

const madeAt = ({ issuedAt, eventAt, kind }: NoticeDigest): string =>
  issuedAt ?? (kind === 'retraction' ? never : (eventAt ?? ''))

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

/** Oldest first, by what the notices say of themselves; never by their arrival. */
const byIssue = (a: NoticeDigest, b: NoticeDigest): number =>
  compare(madeAt(a), madeAt(b)) || compare(a.sequence ?? -1, b.sequence ?? -1) || compare(a.name, b.name)

type Placed = NoticeDigest & { readonly place: Place }

const isPlaced = (notice: NoticeDigest): notice is Placed =>
  notice.kind === 'detection' && notice.place !== null

/** Best first: a radius beats none, then rank, then the mission's own count, then the smaller radius, then the newer. */
const byPlace = (a: Placed, b: Placed): number => {
  const revises = missionNamed(a.mission)?.sequenceRevises ?? false
  return (
    compare(a.place.error ? 0 : 1, b.place.error ? 0 : 1) ||
    compare(b.rank, a.rank) ||
    (revises ? compare(b.sequence ?? -1, a.sequence ?? -1) : 0) ||
    compare(a.place.error?.r90Deg ?? 0, b.place.error?.r90Deg ?? 0) ||
    byIssue(b, a)
  )
}

const newestOf = <T>(
  notices: readonly NoticeDigest[],
  figure: (notice: NoticeDigest) => T | null,
): T | null => notices.map(figure).findLast((value) => value !== null) ?? null

const isRetracted = (inOrder: readonly NoticeDigest[]): boolean => {
  const retraction = inOrder.findLastIndex(({ kind }) => kind === 'retraction')
  return retraction >= 0 && inOrder.findLastIndex(({ kind }) => kind === 'detection') < retraction
}

/** What all notices of a trigger together say; the same whatever order they came in. */
export const effectiveOf = (notices: readonly NoticeDigest[]): Effective => {
  const inOrder = notices.toSorted(byIssue)
  const seen = inOrder.filter(({ kind }) => kind === 'detection')
  const newest = seen.at(-1) ?? null
  const best = inOrder.filter(isPlaced).sort(byPlace)[0] ?? null
  const about = newest ?? inOrder.at(-1) ?? null
  return {
    state: isRetracted(inOrder) ? 'retracted' : 'active',
    newestNotice: inOrder.at(-1)?.name ?? null,
    placeNotice: best?.name ?? null,
    place: best?.place ?? null,
    placeRank: best?.rank ?? null,
    eventAt: best?.eventAt ?? newestOf(seen, ({ eventAt }) => eventAt) ?? about?.eventAt ?? null,
    noticeType: (best ?? about)?.noticeType.name ?? null,
    instrument: (best ?? about)?.instrument ?? null,
    testSigns: [...new Set(inOrder.flatMap(({ testSigns }) => testSigns))].sort(),
    ...(best?.skymap?.digest ? { skymap: best.skymap.digest } : {}),
    hasSkymap: seen.some(({ skymap }) => skymap !== null),
    falseAlarmRateHz: newestOf(seen, ({ falseAlarmRateHz }) => falseAlarmRateHz),
    signalToNoise: newestOf(seen, ({ signalToNoise }) => signalToNoise),
    significant: newestOf(seen, ({ significant }) => significant),
    falseAlarmHints: [...(newest?.falseAlarmHints ?? [])],
  }
}
