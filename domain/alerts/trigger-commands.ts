import type { Site } from '#domain/shared/site.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { Adopted } from './judge.ts'
import type { NoticeDigest } from './notice.ts'
import type { MadeCount } from './requests-made.ts'

type About = { readonly mission: string; readonly triggerId: string; readonly at: Instant }

/** A notice was read: it joins its trigger, which is judged if that changes what is held true of it. */
export type TakeNotice = About & {
  readonly type: 'TakeNotice'
  readonly notice: NoticeDigest
  readonly noticeEventId: string
  readonly receivedAt: Instant
  readonly simulated: boolean
  /** Those that may be about it. */
  readonly strategies: readonly Adopted[]
  /** By strategy; this trigger's own request not counted. */
  readonly madeThisNight: Readonly<Record<string, MadeCount>>
  /** Whether something of its request is being observed. */
  readonly running: boolean
  /** Devices here that are no simulators: none of them acts on a drill. */
  readonly realDevices: readonly string[]
  readonly site: Site
}

/** A person wants nothing of it any more. */
export type CancelAlert = About & { readonly type: 'CancelAlert'; readonly why: string }

/** More was asked for this night than is allowed: in the order of the log this one came too late. */
export type GiveUpRequest = About & {
  readonly type: 'GiveUpRequest'
  readonly requestId: string
  readonly why: string
}

export type NoteCoincidence = About & {
  readonly type: 'NoteCoincidence'
  readonly other: { readonly mission: string; readonly triggerId: string; readonly trigger: string }
  readonly separationDeg: number
  readonly withinDeg: number
  readonly apartS: number
}

export type TriggerCommand = TakeNotice | CancelAlert | GiveUpRequest | NoteCoincidence
