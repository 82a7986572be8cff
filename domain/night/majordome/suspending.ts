import type { Effect } from '#domain/shared/process.ts'
import { addSeconds } from '#domain/shared/time.ts'
import type { CourseCommand } from '../course-commands.ts'
import { inOpenPhase, mayStayOpen } from './roof.ts'
import type { Heard, MajordomeState } from './state.ts'

type Effects = readonly Effect<CourseCommand>[]
type Suspend = Extract<CourseCommand, { type: 'SuspendObserving' }>

/** After it an opening that failed is tried again. */
const retryS = 300

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
  return suspended.why === 'device' && event.type === 'TimerFired' && event.data.timer === 'retry'
    ? resume(night, event, 'trying the roof again', verdict.id)
    : []
}

const openingFailed = (state: MajordomeState, event: Heard, night: string): Effects => {
  const { roof } = state
  const failed =
    event.type === 'DeviceCommandFailed' ||
    event.type === 'DeviceCommandRefused' ||
    event.type === 'DeviceCommandTimedOut'
  if (!failed || roof?.wanted !== 'open' || event.data.conversationId !== roof.conversationId) return []
  const why = event.type === 'DeviceCommandTimedOut' ? `no end after ${event.data.afterS} s` : event.data.why
  return [
    ...suspend(night, event, 'device', `the roof does not open: ${why}`, true),
    { kind: 'wakeAt', timer: 'retry', at: addSeconds(event.metadata.occurredAt, retryS) },
  ]
}

/** Whether an event ends or resumes observing. Reopening is a decision of its own, on record before the roof moves. */
export const suspendEffects = (state: MajordomeState, event: Heard): Effects => {
  const { night, mode, suspended } = state
  if (night === null || state.over || !inOpenPhase(state)) return []
  const failed = openingFailed(state, event, night)
  if (failed.length > 0) return failed
  if (mode === 'automatic') return automatic(state, event, night)
  return suspended ? [] : suspend(night, event, 'mode', `${mode} mode`, false)
}
