import type { AskDevice } from '#domain/devices/ask.ts'
import type { Effect } from '#domain/shared/process.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { AbortReason, ObservationCommand } from '../commands.ts'
import { halt, preparations } from './device-steps.ts'
import type { Heard, ObserverState, Running } from './state.ts'

type Effects = readonly Effect<ObservationCommand | AskDevice>[]

type Grounds = { readonly why: AbortReason; readonly detail: string }

const suspensions: Readonly<Record<string, AbortReason>> = {
  weather: 'weather',
  device: 'device',
  mode: 'person',
  person: 'person',
  restart: 'restart',
}

const belongsTo = (running: Running, conversationId: string): boolean =>
  preparations(running).includes(conversationId) ||
  running.lines.some(({ steps, done }) => steps[done]?.conversationId === conversationId)

const deviceTrouble = (event: Heard, running: Running): Grounds | null => {
  switch (event.type) {
    case 'DeviceCommandRefused':
    case 'DeviceCommandFailed':
      return belongsTo(running, event.data.conversationId)
        ? { why: 'device', detail: `${event.data.device} ${event.data.name}: ${event.data.why}` }
        : null
    case 'DeviceCommandTimedOut':
      return belongsTo(running, event.data.conversationId)
        ? {
            why: 'device',
            detail: `${event.data.device} ${event.data.name}: no end after ${event.data.afterS} s`,
          }
        : null
    default:
      return null
  }
}

/** What came between the decision to begin and the beginning: nobody wants it any more, or an alert wants its time. */
const overtaken = ({ wanted, schedule }: ObserverState, { sequenceId }: Running, at: Instant) => {
  if (!wanted.has(sequenceId)) return { why: 'withdrawn', detail: 'it was withdrawn as it began' } as const
  const placed = schedule?.placed ?? []
  const alert = placed.find(({ kind, setupAt }) => kind === 'alert' && setupAt <= at)
  const isPlanned = placed.some((one) => one.sequenceId === sequenceId)
  return alert && !isPlanned
    ? ({ why: 'alert', detail: `${alert.sequenceId} takes its place` } as const)
    : null
}

/** Why the running observation must end now; null when it may go on. */
export const abortGrounds = (state: ObserverState, event: Heard, running: Running): Grounds | null => {
  switch (event.type) {
    case 'ObservationStarted':
      return overtaken(state, running, event.metadata.occurredAt)
    case 'ObservingSuspended':
      return { why: suspensions[event.data.why] ?? 'person', detail: event.data.detail }
    case 'NightPhaseEntered':
      return event.data.phase === 'observing'
        ? null
        : { why: 'night-over', detail: `${event.data.phase} begins` }
    case 'RequestWithdrawn':
      return event.data.stopRunning !== false && event.data.sequenceIds.includes(running.sequenceId)
        ? { why: 'withdrawn', detail: event.data.why }
        : null
    case 'SchedulePublished': {
      const preempted = event.data.preempted.find(({ sequenceId }) => sequenceId === running.sequenceId)
      return preempted ? { why: 'alert', detail: `${preempted.by} takes its place` } : null
    }
    case 'TimerFired':
      return event.data.timer === 'watchdog'
        ? { why: 'no-progress', detail: 'no progress for too long' }
        : null
    default:
      return deviceTrouble(event, running)
  }
}

/** Ends the running observation where something demands it; what its cameras and the telescope are at is stopped. */
export const abortEffects = (state: ObserverState, event: Heard): Effects => {
  const { running } = state
  const why = running && abortGrounds(state, event, running)
  if (!running || !why) return []
  const { sequenceId, requestId, attempt, startedId } = running
  return [
    {
      kind: 'dispatch',
      command: { type: 'AbortObservation', sequenceId, requestId, attempt, startedId, ...why },
    },
    ...halt(running),
    { kind: 'cancel', timer: 'watchdog' },
  ]
}
