import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agentMessages } from '#commands/agents/send.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { localEnv } from '#test/support/access.ts'
import { observatorySite } from '#test/support/agents.ts'
import { logOf } from '#test/support/log-of.ts'
import { wholeApi } from '#test/support/whole-api.ts'
import { noctuary } from './observatory.ts'

let api: Awaited<ReturnType<typeof wholeApi>>

beforeAll(async () => {
  api = await wholeApi()
})
afterAll(() => api?.[Symbol.asyncDispose]())

const say = (...args: string[]) => noctuary([...args, '--url', api.url], localEnv).ended

const sendTo = async (agent: string, n: number) => {
  const log = { store: api.store, feed: api.store, clock: api.clock, site: observatorySite }
  const line = agentMessages({ ...log, host: 'sender', simulated: false, agents: [agent] })
  const messageId = uuidFrom(`${agent}/${n}`, noctuaryNamespace)
  const actor = { kind: 'user', id: 'ana' } as const
  await line.send({ messageId, agent, name: 'ping', content: {}, actor })
}

const operations = () => logOf(api.store, 'operation-osm-2026-11-20')

describe('noctuary agent purge', () => {
  it.each([
    [['planner'], 2, 'say --force if you mean it'],
    [['--force'], 2, 'name one agent, or say --all'],
    [['planner', '--all', '--force'], 2, 'name one agent, or say --all'],
    [['plannr', '--force'], 18, 'There is no agent plannr; there are majordome, planner'],
  ])('A20 %j ends with %i: %s', async (args, code, words) => {
    await sendTo('planner', 0)
    const ended = await say('agent', 'purge', ...args)
    expect(ended).toEqual({ code, said: expect.stringContaining(words) })
    expect(await operations()).toEqual([])
  })

  it('A20 empties one queue, or all, says how many, and is on record', async () => {
    for (const n of [0, 1]) await sendTo('planner', n)
    await sendTo('observer', 0)
    const one = await say('agent', 'purge', 'planner', '--force', '--why', 'asked by mistake')
    expect(one).toEqual({ code: 0, said: 'planner  2 taken back\n' })
    const all = await say('agent', 'purge', '--all', '--force')
    expect(all.said).toMatch(/^observer +1 taken back$/m)
    expect(all.said).toMatch(/^planner +0 taken back$/m)
    expect(all.said).toMatch(/^1 in all$/m)
    expect((await operations()).map(({ type, data }) => [type, data])).toMatchObject([
      ['QueuePurged', { agents: [{ agent: 'planner', count: 2 }], count: 2, why: 'asked by mistake' }],
      ['QueuePurged', { count: 1 }],
    ])
  })
})

it('K16 noctuary note writes into the log of the night that goes on', async () => {
  const ended = await say('note', 'the', 'seeing', 'is fine')
  expect(ended).toEqual({ code: 0, said: 'written into the log of the night of 2026-11-20\n' })
  expect((await operations()).at(-1)).toMatchObject({
    type: 'NightNoteWritten',
    data: { text: 'the seeing is fine' },
  })
})
