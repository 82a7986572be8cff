import { expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { processRecord } from '#api/parts/apart/process-record.ts'
import { supervise } from '#api/parts/supervise.ts'
import { agentStream } from '#domain/agents/streams.ts'
import { observatorySite } from '#test/support/agents.ts'
import { freshEventStore } from '#test/support/event-store.ts'

it('W5 P54 each start and end of a process is on record, and that it was given up', async () => {
  await using log = await freshEventStore()
  const clock = new VirtualClock(Date.parse('2026-11-21T02:00:00.000Z'))
  const surroundings = { store: log.store, clock, site: observatorySite, host: 'superagent', simulated: true }
  const record = processRecord('monitor', surroundings, new AbortController().signal)
  const dying = async () => ({
    pid: 1,
    exited: Promise.resolve({ code: null, signal: 'SIGKILL' as const }),
    stop: async () => {},
  })
  const supervised = supervise('monitor', dying, {
    clock,
    log: () => {},
    onUp: record.up,
    onFailure: record.ended,
  })
  await clock.advanceBy(10_000)
  await supervised.stop()
  await record.over()
  const told: string[] = []
  for await (const { type, data } of log.store.readBackwards(agentStream('process-monitor')))
    told.unshift(type === 'AgentRestarted' ? `${type} ${(data as { attempt: number }).attempt}` : type)
  const life = ['AgentActivated', 'AgentFailed']
  expect(told).toEqual([
    'AgentClaimed',
    ...[1, 2, 3, 4].flatMap((attempt) => [...life, `AgentRestarted ${attempt}`]),
    ...life,
    'AgentGivenUp',
    'AgentTerminated',
  ])
})
