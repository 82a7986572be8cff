import { describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { type MonitorParts, type PollOutcome, runEnvironmentMonitor } from '#commands/environment/monitor.ts'
import { StoreUnavailable } from '#commands/event-store.ts'
import type { EnvironmentCommand } from '#domain/environment/commands.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { weather } from '#test/support/environment.ts'

const start = Date.parse('2026-11-21T04:00:00.000Z')

/** A monitor on a clock driven by hand; `handle` stands for the log, which has tests of its own. */
const monitorOn = (clock: VirtualClock, handle: MonitorParts['handle']) => {
  const outcomes: PollOutcome[] = []
  const stopping = new AbortController()
  const running = runEnvironmentMonitor(
    {
      plc: { address: '127.0.0.1:5003', status: async () => weather(), close: () => {} },
      clock,
      site: sanPedroMartir,
      rules: safetyRules(),
      validPolicy: 'strict',
      periodMs: 2_000,
      hostReading: async () => null,
      handle,
      onPoll: (outcome) => outcomes.push(outcome),
    },
    stopping.signal,
  )
  const stop = async () => {
    stopping.abort()
    await running
  }
  return { outcomes, stop }
}

describe('the environment monitor', () => {
  it('P17 polls by deadlines: 100 polls of 31 ms each drift by nothing', async () => {
    const clock = new VirtualClock(start)
    const begun: number[] = []
    const { stop } = monitorOn(clock, async () => {
      begun.push(clock.now() - start)
      await clock.sleepUntil(clock.now() + 31)
      return []
    })
    await clock.advanceBy(199_000)
    expect(begun).toEqual(Array.from({ length: 100 }, (_, i) => i * 2_000))
    await stop()
  })

  it('P13 leaves out the deadlines it missed and goes on at the next one', async () => {
    const clock = new VirtualClock(start)
    const begun: number[] = []
    const { stop } = monitorOn(clock, async () => {
      begun.push(clock.now() - start)
      if (begun.length === 2) await clock.sleepUntil(clock.now() + 5_100)
      return []
    })
    await clock.advanceBy(11_000)
    expect(begun).toEqual([0, 2_000, 8_000, 10_000])
    await stop()
  })

  it('tries the very same command again until the log has acknowledged it', async () => {
    const clock = new VirtualClock(start)
    const tried: EnvironmentCommand[] = []
    const { outcomes, stop } = monitorOn(clock, async (command) => {
      tried.push(command)
      if (tried.length <= 3) throw new StoreUnavailable(new Error('14 UNAVAILABLE'))
      return []
    })
    await clock.advanceBy(1_900)
    expect(new Set(tried.map(({ commandId }) => commandId)).size).toBe(1)
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      'not-recorded',
      'not-recorded',
      'not-recorded',
      'recorded',
    ])
    await stop()
  })

  it('does not cling to a poll that can never be recorded', async () => {
    const clock = new VirtualClock(start)
    const tried: string[] = []
    const { outcomes, stop } = monitorOn(clock, async ({ commandId }) => {
      tried.push(commandId)
      if (tried.length === 1) throw new Error('EnvironmentAssessed cannot be written: data.poll: too small')
      return []
    })
    await clock.advanceBy(2_100)
    expect(new Set(tried).size).toBe(2)
    expect(outcomes.map(({ kind }) => kind)).toEqual(['not-recorded', 'recorded'])
    await stop()
  })

  it('never lets event time run backwards, whatever the machine’s clock does', async () => {
    const clock = new VirtualClock(start)
    const times: string[] = []
    let back = 0
    const unsteady = { now: () => clock.now() - back, sleepUntil: clock.sleepUntil.bind(clock) }
    const stopping = new AbortController()
    const running = runEnvironmentMonitor(
      {
        plc: { address: '127.0.0.1:5003', status: async () => weather(), close: () => {} },
        clock: unsteady,
        site: sanPedroMartir,
        rules: safetyRules(),
        validPolicy: 'strict',
        periodMs: 2_000,
        hostReading: async () => null,
        handle: async ({ at }) => {
          times.push(at)
          back = times.length === 2 ? 3_600_000 : 0
          return []
        },
        onPoll: () => {},
      },
      stopping.signal,
    )
    await clock.advanceBy(10_000)
    stopping.abort()
    await running
    expect(times.length).toBeGreaterThan(3)
    expect(times).toEqual([...times].sort())
    expect(new Set(times).size).toBe(times.length)
  })
})
