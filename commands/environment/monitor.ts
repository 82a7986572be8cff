import { RevisionConflict, StoreUnavailable } from '#commands/event-store.ts'
import type { EnvironmentCommand } from '#domain/environment/commands.ts'
import type { EnvironmentEvent } from '#domain/environment/events.ts'
import type { SafetyRules } from '#domain/environment/limits.ts'
import type { DeviceReading } from '#domain/environment/readings.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { type Plc, PlcReplyInvalid, PlcUnreachable } from './plc.ts'

export type MonitorParts = {
  readonly plc: Plc
  readonly clock: Clock
  readonly site: Site
  readonly rules: SafetyRules
  readonly validPolicy: 'strict' | 'pyros'
  readonly periodMs: number
  /** What our own machine adds to every answer: free disk, the link to the outside. */
  readonly hostReading: () => Promise<DeviceReading | null>
  readonly handle: (command: EnvironmentCommand) => Promise<readonly EnvironmentEvent[]>
  readonly onPoll: (outcome: PollOutcome) => void
}

export type PollOutcome =
  | {
      readonly kind: 'recorded'
      readonly at: string
      readonly answered: boolean
      readonly events: readonly EnvironmentEvent[]
    }
  | { readonly kind: 'not-recorded'; readonly at: string; readonly error: string }

const retryMs = 500

/** The next deadline after `now` on the grid that began at `first`: late polls are left out, never made up for. */
const nextDeadline = (first: number, periodMs: number, now: number): number =>
  first + (Math.floor((now - first) / periodMs) + 1) * periodMs

const ask = async (parts: MonitorParts, signal: AbortSignal) => {
  const { plc, rules, validPolicy } = parts
  const about = { address: plc.address, rules }
  try {
    const [reply, host] = await Promise.all([plc.status(signal), parts.hostReading()])
    return { type: 'RecordPlcReply', reply, validPolicy, ...about, ...(host ? { host } : {}) } as const
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof PlcReplyInvalid) {
      const { reason, message: detail, raw, rawBytes } = error
      return { type: 'RecordPlcReplyRejected', reason, detail, raw, rawBytes, ...about } as const
    }
    if (!(error instanceof PlcUnreachable)) throw error
    return { type: 'RecordPlcUnreachable', phase: error.phase, detail: error.message, ...about } as const
  }
}

const mayPass = (error: unknown): boolean =>
  error instanceof StoreUnavailable || error instanceof RevisionConflict

/**
 * Records a poll, trying the same append again until the log has acknowledged it: an answer of the PLC is not given up
 * because the store was away for a moment, and it is never recorded twice.
 */
const record = async (
  command: EnvironmentCommand,
  parts: MonitorParts,
  signal: AbortSignal,
): Promise<void> => {
  for (;;) {
    try {
      const events = await parts.handle(command)
      return parts.onPoll({
        kind: 'recorded',
        at: command.at,
        answered: command.type !== 'RecordPlcUnreachable',
        events,
      })
    } catch (error) {
      signal.throwIfAborted()
      parts.onPoll({
        kind: 'not-recorded',
        at: command.at,
        error: error instanceof Error ? error.message : `${error}`,
      })
      if (!mayPass(error)) return
      await parts.clock.sleepUntil(parts.clock.now() + retryMs, signal)
    }
  }
}

/**
 * Polls the PLC on a grid of deadlines (no drift: PYROS slept between polls and lost 30 ms each time) and puts on record
 * what it answers, or that it does not. Ends when `signal` does.
 */
export const runEnvironmentMonitor = async (parts: MonitorParts, signal: AbortSignal): Promise<void> => {
  const { clock, site, periodMs } = parts
  const first = clock.now()
  let lastAt = 0
  try {
    for (let deadline = first; ; deadline = nextDeadline(first, periodMs, clock.now())) {
      await clock.sleepUntil(deadline, signal)
      const asked = await ask(parts, signal)
      // A machine clock set back must not turn event time back.
      lastAt = Math.max(lastAt + 1, clock.now())
      const at = instantOf(lastAt)
      const commandId = uuidFrom(`environment/${site.id}/${at}`, noctuaryNamespace)
      await record({ ...asked, commandId, at, night: nightOf(at, site.timeZone) }, parts, signal)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
