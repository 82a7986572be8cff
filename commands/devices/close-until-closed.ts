import { closingMove, type RecoveryStep } from '#domain/devices/closing.ts'
import { domeCommands } from '#domain/devices/dome.ts'
import type { DeviceCommandRequested, DeviceName } from '#domain/devices/events.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { epochMsOf, secondsBetween } from '#domain/shared/time.ts'
import type { Device } from './device.ts'
import type { DeviceLog } from './device-log.ts'
import type { DeviceWatch } from './device-watch.ts'

type Parts = {
  readonly name: DeviceName
  readonly device: Device
  readonly clock: Clock
  readonly log: DeviceLog
  readonly watch: DeviceWatch
  readonly powerCycle?: (device: DeviceName, conversationId: string) => Promise<void>
  readonly onTrouble?: (error: unknown) => void
}

type Outcome =
  | { readonly type: 'Complete'; readonly result: Readonly<Record<string, unknown>> }
  | { readonly type: 'TimeOut'; readonly afterS: number }

const lookMs = 1_000

/**
 * Closes the roof. It is sent always, whatever the roof is believed to be; only the limit switch ends it. The conversation
 * may time out before: the closing goes on.
 */
export const closeUntilClosed = async (
  parts: Parts,
  requested: Recorded<DeviceCommandRequested>,
  signal: AbortSignal,
  settle: (outcome: Outcome) => Promise<void>,
): Promise<void> => {
  const { clock, watch, device } = parts
  const { deadlineAt } = requested.data
  const begunMs = clock.now()
  let sentMs: number | null = null
  let stepsTaken = 0
  let timedOut = false

  /** Neither a silent roof nor a log that is away may end the closing. */
  const bravely = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      parts.onTrouble?.(error)
      return null
    }
  }

  while (!signal.aborted) {
    const now = clock.now()
    const report = sentMs === null ? null : await bravely(() => watch.look())
    if (report && domeCommands.close.progress(report.status, {}).kind === 'done')
      return settle({ type: 'Complete', result: {} })
    if (!timedOut && epochMsOf(deadlineAt) <= now) {
      timedOut = true
      const afterS = Math.max(0, secondsBetween(requested.metadata.occurredAt, deadlineAt))
      await bravely(() => settle({ type: 'TimeOut', afterS }))
    }
    const sinceSentS = sentMs === null ? Number.POSITIVE_INFINITY : (now - sentMs) / 1000
    const { send, step } = closingMove({ sinceS: (now - begunMs) / 1000, sinceSentS, stepsTaken })
    if (step) {
      stepsTaken += 1
      await bravely(() => climb(parts, step, requested))
    }
    // Until it has been told once it is told at every look.
    if (send && (await bravely(() => device.send('close').then(() => true)))) sentMs = now
    await clock.sleepUntil(clock.now() + lookMs, signal)
  }
  signal.throwIfAborted()
}

const texts: Record<RecoveryStep, string> = {
  reconnect: 'the roof does not say that it is closed; a new line is made to it',
  reset: 'the roof is still not closed; its controller is reset',
  'power-cycle': 'the roof is still not closed; its power is taken away for a moment',
  'give-up':
    'the roof is not closed and nothing is left to try but telling it again: somebody has to go there',
}

const climb = async (
  { name, device, log, powerCycle }: Parts,
  step: RecoveryStep,
  { id, data: { conversationId } }: Recorded<DeviceCommandRequested>,
): Promise<void> => {
  const data = { device: name, code: 'roof_not_closed', text: texts[step], step, conversationId }
  await log.record({ type: 'DeviceAlarmRaised', data }, id)
  switch (step) {
    case 'reconnect':
      return device.reconnect()
    case 'reset':
      return device.send('reset')
    case 'power-cycle':
      return powerCycle?.(name, conversationId)
    case 'give-up':
      return
  }
}
