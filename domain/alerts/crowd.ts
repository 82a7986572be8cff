import { type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { NoticeDigest } from './notice.ts'

/** A notice that waits for its turn: its author sends more than can be real. */
export type PutOff = {
  readonly notice: NoticeDigest
  readonly noticeEventId: string
  readonly correlationId: string
  readonly receivedAt: Instant
  readonly night: string
  readonly simulated: boolean
}

type Window = { readonly since: Instant; readonly count: number }

/** Who sends how much, and what had to wait for it. A fold of the log: nothing that waits is lost. */
export type Crowd = {
  readonly windows: ReadonlyMap<string, Window>
  /** Newest last. */
  readonly waiting: readonly PutOff[]
  /** Those whose turn it is by the newest event. */
  readonly turn: readonly PutOff[]
}

export const noCrowd: Crowd = { windows: new Map(), waiting: [], turn: [] }

export const crowdTimer = 'crowd'

/** LVK's busiest minute has a dozen: more at once is a crowd, and what is taken one by one keeps others waiting. */
const windowS = 60
const mostAtOnce = 20
const windowsKept = 500

/** How many of those that wait are taken at a time, and how soon again: what is fresh goes first, and never waits long. */
const perTurn = 50
export const turnS = 0.25

/** Whose crowd a notice belongs to: tests and retractions crowd out nothing but their like. */
export const crowdOf = ({ authority, kind, role, testSigns }: NoticeDigest): string => {
  if (kind === 'retraction') return `${authority} retractions`
  return role === 'observation' && testSigns.length === 0 ? authority : `${authority} tests`
}

const counted = ({ windows }: Crowd, key: string, at: Instant): ReadonlyMap<string, Window> => {
  const before = windows.get(key)
  const isOver = !before || secondsBetween(before.since, at) >= windowS
  const others = [...windows].filter(([name]) => name !== key).slice(-windowsKept)
  return new Map([
    ...others,
    [key, isOver ? { since: at, count: 1 } : { ...before, count: before.count + 1 }],
  ])
}

/** After a notice of a crowd: it is let through, or waits with the others. */
export const arrived = (crowd: Crowd, key: string, notice: PutOff): Crowd => {
  const windows = counted(crowd, key, notice.receivedAt)
  const isTooMuch = (windows.get(key)?.count ?? 0) > mostAtOnce
  const waiting = isTooMuch ? [...crowd.waiting, notice] : crowd.waiting
  return { windows, waiting, turn: [] }
}

/** After the timer: the newest of those that wait have their turn, as what is old is chased least. */
export const turned = ({ windows, waiting }: Crowd): Crowd => ({
  windows,
  waiting: waiting.slice(0, -perTurn),
  turn: waiting.slice(-perTurn).toReversed(),
})
