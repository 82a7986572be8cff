import { describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { type RunningServer, supervise } from '#api/parts/supervise.ts'

/** Servers that live until told how to end; the supervisor sees nothing else of a process. */
const servers = () => {
  const started: { end(code: number): void }[] = []
  const start = async (): Promise<RunningServer> => {
    const exit = Promise.withResolvers<{ code: number | null; signal: null }>()
    started.push({ end: (code) => exit.resolve({ code, signal: null }) })
    return {
      pid: started.length,
      exited: exit.promise,
      stop: async () => exit.resolve({ code: 0, signal: null }),
    }
  }
  return { started, start }
}

describe('a supervised server', () => {
  it('W5 is started again when it ends, and given up aloud after five failures in a minute', async () => {
    const clock = new VirtualClock(0)
    const { started, start } = servers()
    const said: string[] = []
    const supervised = supervise('dome', start, { clock, log: (line) => said.push(line) })
    await supervised.first
    for (let failure = 1; failure <= 5; failure++) {
      expect(supervised.status().state).toBe('up')
      started.at(-1)?.end(1)
      await clock.advanceBy(5_000)
    }
    expect(supervised.status()).toMatchObject({ state: 'given-up' })
    expect(started).toHaveLength(5)
    expect(said.at(-1)).toBe('dome ended by exit code 1; given up after 5 failures in a minute')
    await supervised.stop()
  })

  it('W5 is never given up when its failures are far between', async () => {
    const clock = new VirtualClock(0)
    const { started, start } = servers()
    const supervised = supervise('dome', start, { clock, log: () => {} })
    await supervised.first
    for (let failure = 1; failure <= 12; failure++) {
      started.at(-1)?.end(1)
      await clock.advanceBy(20_000)
    }
    expect(supervised.status()).toEqual({ name: 'dome', state: 'up', detail: 'pid 13' })
    await supervised.stop()
  })

  it('P56 may end by itself where its time is limited', async () => {
    const { started, start } = servers()
    const clock = new VirtualClock(0)
    const supervised = supervise('PLC simulator', start, { clock, log: () => {}, mayEnd: true })
    await supervised.first
    started[0]?.end(0)
    await clock.advanceBy(60_000)
    expect(supervised.status().state).toBe('ended')
    expect(started).toHaveLength(1)
    await supervised.stop()
  })

  it('fails at once, with its own words, when it cannot even start', async () => {
    const start = async (): Promise<RunningServer> => {
      throw new Error('port 5003 is taken')
    }
    const supervised = supervise('PLC simulator', start, { clock: new VirtualClock(0), log: () => {} })
    await expect(supervised.first).rejects.toThrow('port 5003 is taken')
    await supervised.stop()
  })

  it('W4 is stopped, started and started anew by hand, and none of it is a failure', async () => {
    const { started, start } = servers()
    const said: string[] = []
    const supervised = supervise('dome', start, {
      clock: new VirtualClock(0),
      log: (line) => said.push(line),
    })
    await supervised.first
    await supervised.order('restart')
    await expect.poll(() => supervised.pid()).toBe(2)
    await supervised.order('stop')
    await expect.poll(() => supervised.status().state).toBe('stopped')
    expect(supervised.pid()).toBeNull()
    await supervised.order('start')
    await expect.poll(() => supervised.pid()).toBe(3)
    expect(said).toEqual([])
    await supervised.stop()
    expect(started).toHaveLength(3)
  })
})
