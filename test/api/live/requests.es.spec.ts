import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { readMessage } from '#commands/agents/read-message.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { actingFor, locally } from '#test/support/access.ts'
import { plainAgent, startHost } from '#test/support/agents.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { listener, liveServer } from '#test/support/live.ts'

const clock = new VirtualClock(epochMsOf('2026-11-21T02:00:00.000Z'))
let log: FreshEventStore
let live: Awaited<ReturnType<typeof liveServer>>

beforeAll(async () => {
  log = await freshEventStore()
  live = await liveServer({ store: log.store, clock })
})
afterAll(async () => {
  await live.stop()
  await log[Symbol.asyncDispose]()
})

const ask = async (
  agent: string,
  request: string,
  body: object = {},
  headers: Record<string, string> = {},
) => {
  const answer = await fetch(`${live.url}/api/agents/${agent}/requests/${request}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...locally, ...headers },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const connectedOf = async (name: string) => {
  const { items } = (await (await fetch(`${live.url}/api/live/senders`)).json()) as {
    items: { name: string; connected: boolean | null }[]
  }
  return items.find((item) => item.name === name)?.connected
}

describe('requests to agents', () => {
  it('S12 S13 S14 reach the agent through the log, and their asker alone gets the answer', async () => {
    expect(await ask('planner', 'ping')).toMatchObject({
      status: 409,
      body: { code: 'SENDER_NOT_CONNECTED' },
    })
    expect(await ask('plannr', 'ping')).toMatchObject({
      status: 404,
      body: { code: 'UNKNOWN_AGENT', detail: expect.stringContaining('the agents are majordome, planner') },
    })
    const [entered, enough] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const messages = {
      echo: async ({ content, from }: { content: unknown; from: string }) => ({ content, from }),
      think: () => {
        entered.resolve()
        return enough.promise
      },
      fail: async () => {
        throw new Error('no sky')
      },
    }
    const host = startHost(log.store, clock, { planner: () => plainAgent('planner', { messages }) })
    await host.until('planner', ({ state }) => state === 'ACTIVE')
    await expect.poll(() => connectedOf('planner')).toBe(true)
    using all = listener({ url: live.url })
    await all.until(({ connected }) => connected.length === 1)

    expect(await ask('planner', 'ping')).toEqual({ status: 200, body: { reply: { pong: 'pong' } } })
    const headers = { ...actingFor('ada'), 'idempotency-key': 'once' }
    const echo = await ask('planner', 'echo', { params: { deep: ['x'] } }, headers)
    expect(echo).toEqual({ status: 200, body: { reply: { content: { deep: ['x'] }, from: 'ada' } } })
    expect(await ask('planner', 'echo', { params: { deep: ['x'] } }, headers)).toEqual(echo)
    expect(await ask('planner', 'status')).toMatchObject({
      body: {
        reply: { agent: 'planner', host: 'host-1', requests: ['ping', 'status', 'echo', 'think', 'fail'] },
      },
    })
    expect(await ask('planner', 'sing')).toMatchObject({ status: 404, body: { code: 'NO_SUCH_REQUEST' } })
    expect(await ask('planner', 'fail')).toMatchObject({
      status: 502,
      body: { code: 'REQUEST_FAILED', detail: expect.stringContaining('no sky') },
    })
    const late = ask('planner', 'think', { timeoutS: 3 })
    await entered.promise
    await clock.advanceBy(3_000)
    expect(await late).toMatchObject({ status: 504, body: { code: 'TIMEOUT' } })
    enough.resolve()

    const messageId = uuidFrom('/api/agents/planner/requests/echo ada once', noctuaryNamespace)
    const onRecord = await readMessage(log.store, 'planner', messageId)
    expect(onRecord.map(({ type }) => type)).toEqual([
      'AgentMessageSent',
      'AgentMessageAgreed',
      'AgentMessageHandled',
    ])
    await host.stop()
    await all.until(({ events }) => events.some(({ type }) => type === 'AgentTerminated'))
    expect(all.events.filter(({ type }) => type.startsWith('AgentMessage'))).toEqual([])
    expect(await connectedOf('planner')).toBe(false)
    expect(await ask('planner', 'ping')).toMatchObject({
      status: 409,
      body: { code: 'SENDER_NOT_CONNECTED' },
    })
  })

  it('S14 an agent whose process was killed is not there once its beats are over', async () => {
    const host = startHost(log.store, clock, { observer: () => plainAgent('observer') }, { host: 'killed' })
    await host.until('observer', ({ state }) => state === 'ACTIVE')
    await expect.poll(() => connectedOf('observer')).toBe(true)
    const later = new VirtualClock(clock.now() + 31_000)
    await using elsewhere = await liveServer({ store: log.store, clock: later })
    const { items } = (await (await fetch(`${elsewhere.url}/api/live/senders`)).json()) as {
      items: { name: string; connected: boolean }[]
    }
    expect(items.find(({ name }) => name === 'observer')?.connected).toBe(false)
    await host.stop()
  })

  it('S19 the timer can be asked how often it has ticked, and anything else by default', async () => {
    const { body } = await ask('timer', 'get_ticks')
    await clock.advanceBy(5_000)
    expect((await ask('timer', 'get_ticks')).body['reply']).toBe(Number(body['reply']) + 1)
    expect((await ask('timer', 'what')).body['reply']).toMatchObject({ everyMs: 5_000 })
  })
})
