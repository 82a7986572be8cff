import type { Effect } from '#domain/shared/process.ts'
import { addSeconds } from '#domain/shared/time.ts'
import type { CourseCommand } from '../course-commands.ts'
import { inOpenPhase, mayStayOpen } from './roof.ts'
import type { Heard, MajordomeState } from './state.ts'

type Effects = readonly Effect<CourseCommand>[]
type Suspend = Extract<CourseCommand, { type: 'SuspendObserving' }>

/** After it an opening that failed is tried again. */
const retryS = 300
/** A roof that closed by itself missed the conductor's heart, which beats again: it only has to come to rest. */
const reopenS = 30
/** Failures that are not the roof's: somebody of ours was away for a moment. */
const passing: ReadonlySet<string> = new Set(['closed_again', 'interrupted', 'no_heartbeat', 'busy'])

const common = (night: string, { metadata: { site, occurredAt } }: Heard) => ({ site, night, at: occurredAt })

const suspend = (
  night: string,
  event: Heard,
  why: Suspend['why'],
  detail: string,
  closesRoof: boolean,
  verdictId: string | null = null,
): Effects => [
  {
    kind: 'dispatch',
    command: { type: 'SuspendObserving', ...common(night, event), why, detail, verdictId, closesRoof },
  },
]

const resume = (night: string, event: Heard, detail: string, verdictId: string | null): Effects => [
  { kind: 'dispatch', command: { type: 'ResumeObserving', ...common(night, event), detail, verdictId } },
]

const automatic = (state: MajordomeState, event: Heard, night: string): Effects => {
  const { suspended, verdict } = state
  if (!mayStayOpen(state))
    return suspended?.closesRoof
      ? []
      : suspend(night, event, 'weather', verdict?.text ?? 'no verdict yet', true, verdict?.id)
  if (!suspended || verdict?.state !== 'safe') return []
  if (suspended.why === 'weather') return resume(night, event, 'the site is safe again', verdict.id)
  if (suspended.why === 'mode') return resume(night, event, 'automatic mode again', verdict.id)
  // Whatever it was that kept the retry at its time from being one: it is due from then on.
  return suspended.why === 'device' && suspended.retryDue
    ? resume(night, event, 'trying the roof again', verdict.id)
    : []
}

const roofTrouble = (night: string, event: Heard, detail: string, againS: number): Effects => [
  ...suspend(night, event, 'device', detail, true),
  { kind: 'wakeAt', timer: 'retry', at: addSeconds(event.metadata.occurredAt, againS) },
]

const openingFailed = ({ roof }: MajordomeState, event: Heard, night: string): Effects => {
  const failed =
    event.type === 'DeviceCommandFailed' ||
    event.type === 'DeviceCommandRefused' ||
    event.type === 'DeviceCommandTimedOut'
  if (!failed || roof?.wanted !== 'open' || roof.byPerson) return []
  if (event.data.conversationId !== roof.conversationId) return []
  if (event.type === 'DeviceCommandTimedOut')
    return roofTrouble(night, event, `the roof does not open: no end after ${event.data.afterS} s`, retryS)
  const { code, why } = event.data
  return roofTrouble(night, event, `the roof does not open: ${why}`, passing.has(code) ? reopenS : retryS)
}

const closedItself = ({ roof, mode, suspended }: MajordomeState, event: Heard, night: string): Effects =>
  roof?.closedItselfBy === event.id && mode === 'automatic' && !suspended
    ? roofTrouble(night, event, 'the roof closed by itself', reopenS)
    : []

/** Whether an event ends or resumes observing. Reopening is a decision of its own, on record before the roof moves. */
export const suspendEffects = (state: MajordomeState, event: Heard): Effects => {
  const { night, mode, suspended } = state
  if (night === null || state.over || !inOpenPhase(state)) return []
  const trouble = [...openingFailed(state, event, night), ...closedItself(state, event, night)]
  if (trouble.length > 0) return trouble
  if (mode === 'automatic') return automatic(state, event, night)
  return suspended ? [] : suspend(night, event, 'mode', `${mode} mode`, false)
}
