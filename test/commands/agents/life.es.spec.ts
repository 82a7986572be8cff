import { describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { agentOfTasks } from '#commands/agents/agent.ts'
import { AgentLife, AlreadySpawned } from '#commands/agents/life.ts'
import { UnknownAgent } from '#commands/agents/send.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { plainAgent, startHost } from '#test/support/agents.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { logOf } from '#test/support/log-of.ts'

const clockAtDusk = () => new VirtualClock(epochMsOf('2026-11-21T02:00:00.000Z'))
const active = ({ state }: { state: string }) => state === 'ACTIVE'
const failing = (why: string) => async () => {
  throw new Error(why)
}

describe('an agent in its host', () => {
  it('I4 publishes READY, ACTIVE and, after its work has ended, TERMINATED', async () => {
    await using log = await freshEventStore()
    const order: string[] = []
    const agent = () =>
      plainAgent('planner', {
        initialize: async () => void order.push('initialize'),
        activate: async () => void order.push('activate'),
        terminate: async () => void order.push('terminate'),
      })
    const host = startHost(log.store, clockAtDusk(), { planner: agent })
    await host.until('planner', active)
    await host.stop()
    expect(order).toEqual(['initialize', 'activate', 'terminate'])
    expect((await logOf(log.store, 'agent-planner')).map(({ type }) => type)).toEqual([
      'AgentClaimed',
      'AgentReady',
      'AgentActivated',
      'AgentTerminated',
    ])
  })

  it('A1 is refused when nobody knows it, and nothing is recorded', async () => {
    await using log = await freshEventStore()
    const host = startHost(log.store, clockAtDusk(), {}, { names: ['stranger'] })
    await expect(host.stop()).rejects.toThrow(UnknownAgent)
    expect(await logOf(log.store, 'agent-stranger')).toEqual([])
  })

  it('A3 goes to ERROR when its start does not end, and the others keep running', async () => {
    await using log = await freshEventStore()
    const clock = clockAtDusk()
    const stuck = () => plainAgent('stuck', { activate: () => new Promise(() => {}) })
    const host = startHost(log.store, clock, { stuck, planner: () => plainAgent('planner') })
    await host.until('stuck', ({ state }) => state === 'READY')
    await host.until('planner', active)
    const failed = host.until('stuck', ({ state }) => state === 'ERROR')
    await clock.advanceBy(10_000)
    await failed
    expect(host.status('planner')?.state).toBe('ACTIVE')
    await host.stop()
    const failure = (await logOf(log.store, 'agent-stuck')).find(({ type }) => type === 'AgentFailed')
    expect(failure?.data).toMatchObject({ during: 'activate', code: 'AgentStartFailed' })
  })

  it('W5 I24 is started again when it fails, and given up aloud after five failures in a minute', async () => {
    await using log = await freshEventStore()
    const clock = clockAtDusk()
    const broken = () => agentOfTasks('planner', [{ name: 'planning', run: failing('no sky') }])
    const host = startHost(log.store, clock, { planner: broken, other: () => plainAgent('other') })
    const givenUp = host.until('planner', ({ state }) => state === 'GIVEN_UP')
    for (let attempt = 1; attempt < 5; attempt++) {
      await host.until('planner', ({ restarts, state }) => restarts === attempt && state === 'ERROR')
      await clock.advanceBy(2_000)
    }
    await givenUp
    await host.until('other', active)
    await host.stop()
    const events = await logOf(log.store, 'agent-planner')
    const of = (type: string) => events.filter((event) => event.type === type)
    expect(of('AgentRestarted').map(({ data }) => data)).toEqual(
      [1, 2, 3, 4].map((attempt) => ({ agent: 'planner', attempt })),
    )
    expect(of('AgentFailed')).toHaveLength(5)
    expect(of('AgentGivenUp')).toMatchObject([{ data: { failures: 5, why: 'planning: no sky' } }])
  })

  it('A9 is refused while another host that is alive runs it, and taken over once that host is silent', async () => {
    await using log = await freshEventStore()
    const clock = clockAtDusk()
    const makers = { majordome: () => plainAgent('majordome') }
    const first = startHost(log.store, clock, makers, { host: 'first' })
    await first.until('majordome', active)
    const second = startHost(log.store, clock, makers, { host: 'second' })
    await second.until('majordome', ({ state }) => state === 'STANDBY')
    expect(second.status('majordome')?.detail).toContain('AGENT_ALREADY_RUNNING')
    const takenOver = second.until('majordome', active)
    await first.stop()
    for (let look = 0; look < 3; look++) await clock.advanceBy(5_000)
    await takenOver
    await second.stop()
    const claims = (await logOf(log.store, 'agent-majordome')).filter(({ type }) => type === 'AgentClaimed')
    expect(claims.map(({ data }) => data)).toEqual([
      { agent: 'majordome', host: 'first' },
      { agent: 'majordome', host: 'second' },
    ])
  })

  it('is taken over at once from a host that is known to have died', async () => {
    await using log = await freshEventStore()
    const clock = clockAtDusk()
    const makers = { majordome: () => plainAgent('majordome') }
    const dead = startHost(log.store, clock, makers, { host: 'dead' })
    await dead.until('majordome', active)
    const heir = startHost(log.store, clock, makers, { host: 'heir', gone: ['dead'] })
    await heir.until('majordome', active)
    await Promise.all([heir.stop(), dead.stop()])
  })

  it('I2 I13 lives once, and ends however often it is told to', async () => {
    await using log = await freshEventStore()
    const host = startHost(log.store, clockAtDusk(), {})
    const calls: string[] = []
    const agent = plainAgent('planner', {
      initialize: async () => void calls.push('initialize'),
      activate: async () => void calls.push('activate'),
      terminate: async () => void calls.push('terminate'),
    })
    const life = new AgentLife(agent, { ...host.parts, onState: () => {} })
    await life.spawn()
    expect(life.state).toBe('ACTIVE')
    await expect(life.spawn()).rejects.toThrow(AlreadySpawned)
    expect(life.state).toBe('ACTIVE')
    await life.end()
    await life.end()
    await host.stop()
    expect(life.state).toBe('TERMINATED')
    expect(calls).toEqual(['initialize', 'activate', 'terminate'])
    const told = (await logOf(log.store, 'agent-planner')).map(({ type }) => type)
    expect(told).toEqual(['AgentReady', 'AgentActivated', 'AgentTerminated'])
  })

  it('K2 K10 a host tells each of its agents to end, and ends when the last one has', async () => {
    await using log = await freshEventStore()
    const [told, enough] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const slowly = async () => {
      told.resolve()
      await enough.promise
    }
    const host = startHost(log.store, clockAtDusk(), {
      planner: () => plainAgent('planner'),
      observer: () => plainAgent('observer', { terminate: slowly }),
    })
    await Promise.all(['planner', 'observer'].map((name) => host.until(name, active)))
    let isOver = false
    const over = host.stop().then(() => {
      isOver = true
    })
    await told.promise
    await expect.poll(() => host.status('planner')?.state).toBe('TERMINATED')
    expect([isOver, host.status('observer')?.state]).toEqual([false, 'ACTIVE'])
    enough.resolve()
    await over
    expect(host.status('observer')?.state).toBe('TERMINATED')
  })
})
