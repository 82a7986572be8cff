import { CommandRefused } from '#commands/command-refused.ts'
import type { EventStore } from '#commands/event-store.ts'
import { commandHandler } from '#commands/handle.ts'
import type { Dispatch } from '#commands/process/parts.ts'
import type { SafetyVerdictGiven } from '#domain/environment/events.ts'
import type { CourseEvent } from '#domain/night/course-events.ts'
import { nightStream } from '#domain/night/streams.ts'
import type { Decider } from '#domain/shared/decider.ts'
import type { DomainEvent } from '#domain/shared/event.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import type { ProcessManager } from '#domain/shared/process.ts'
import { addSeconds, type Instant } from '#domain/shared/time.ts'

export const holdNight = '2026-11-20'
export const resumeAfterS = 600

export type HoldCommand = { readonly type: 'SuspendNight' | 'ResumeNight'; readonly night: string }
type HoldState = { readonly unsafe: boolean; readonly turned: boolean; readonly refusals: number }

/** Suspends the night when a verdict is bad, and resumes it ten minutes after they are good again. */
export const weatherHold: ProcessManager<HoldState, SafetyVerdictGiven, HoldCommand> = {
  name: 'weatherHold',
  initial: { unsafe: false, turned: false, refusals: 0 },
  handles: ['SafetyVerdictGiven'],
  instanceOf: ({ metadata }) => metadata.night,
  evolve: (state, { type, data }) => {
    if (type === 'ProcessCommandRefused') return { ...state, refusals: state.refusals + 1 }
    if (type !== 'SafetyVerdictGiven') return state
    const unsafe = data.state !== 'safe'
    return { ...state, unsafe, turned: unsafe !== state.unsafe }
  },
  react: (state, { type, metadata: { night, occurredAt } }) => {
    if (type === 'TimerFired')
      return state.unsafe ? [] : [{ kind: 'dispatch', command: { type: 'ResumeNight', night } }]
    if (type !== 'SafetyVerdictGiven' || !state.turned) return []
    if (!state.unsafe) return [{ kind: 'wakeAt', timer: 'resume', at: addSeconds(occurredAt, resumeAfterS) }]
    return [
      { kind: 'cancel', timer: 'resume' },
      { kind: 'dispatch', command: { type: 'SuspendNight', night } },
    ]
  },
}

const hold: Decider<{ suspended: boolean }, HoldCommand, CourseEvent> = {
  initial: { suspended: false },
  evolve: (state, { type }) => {
    if (type === 'ObservingSuspended') return { suspended: true }
    return type === 'ObservingResumed' ? { suspended: false } : state
  },
  decide: ({ type }, { suspended }) => {
    if (type === 'SuspendNight') {
      if (suspended) throw new CommandRefused('already_suspended', 'observing is suspended already')
      const data = { why: 'weather', detail: 'unsafe', verdictId: null, closesRoof: true } as const
      return [{ type: 'ObservingSuspended', data }]
    }
    if (!suspended) throw new CommandRefused('not_suspended', 'observing goes on')
    return [{ type: 'ObservingResumed', data: { detail: 'safe again', verdictId: null, suspendedS: 0 } }]
  },
}

const isCourse = (event: DomainEvent): event is CourseEvent =>
  event.type === 'ObservingSuspended' || event.type === 'ObservingResumed'

/** Decides the commands of {@link weatherHold} in the night's stream. */
export const holdDispatch = (store: EventStore): Dispatch<HoldCommand> =>
  commandHandler({
    store,
    decider: hold,
    streamOf: ({ night }) => nightStream('osm', night),
    site: 'osm',
    isOwn: isCourse,
  })

/** A verdict as the environment monitor would append it. */
export const verdictEvent = (state: 'safe' | 'unsafe', occurredAt: Instant, site = 'osm') => {
  const id = uuidFrom(`verdict/${site}/${occurredAt}`, noctuaryNamespace)
  const data: SafetyVerdictGiven['data'] = {
    state,
    previous: null,
    reasons: [],
    readingIds: [],
    reopenExpectedAt: null,
  }
  const metadata = {
    occurredAt,
    correlationId: id,
    causationId: id,
    actor: { kind: 'agent', id: 'environment-monitor' },
    site,
    night: holdNight,
  } as const
  return { id, type: 'SafetyVerdictGiven', data, metadata } as const
}
