import { describe, expect, it } from 'vitest'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { MessageHandler } from '#commands/agents/message.ts'
import { MessageFailed } from '#commands/agents/message.ts'
import { readMessage } from '#commands/agents/read-message.ts'
import { agentMessages, UnknownAgent } from '#commands/agents/send.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { plainAgent, startHost } from '#test/support/agents.ts'
import { freshEventStore } from '#test/support/event-store.ts'

const actor = { kind: 'user', id: 'ada' } as const
const idOf = (n: number) => uuidFrom(`message/${n}`, noctuaryNamespace)
const never = new AbortController().signal

/** An observatory with one agent, `planner`, that is down at first. */
const withPlanner = (store: OpenEventStore, messages: Readonly<Record<string, MessageHandler>>) => {
  const clock = new VirtualClock(epochMsOf('2026-11-21T02:00:00.000Z'))
  const start = (host = 'host-1') =>
    startHost(store, clock, { planner: () => plainAgent('planner', { messages }) }, { host })
  const surroundings = { store, feed: store, clock, host: 'sender', simulated: false, agents: ['planner'] }
  const site = { id: 'osm', timeZone: 'America/Tijuana' }
  return { clock, start, line: agentMessages({ ...surroundings, site }) }
}

const sending = (n: number, name: string, content: unknown = {}) => ({
  messageId: idOf(n),
  agent: 'planner',
  name,
  content,
  actor,
})

const typesOf = async (store: OpenEventStore, n: number) =>
  (await readMessage(store, 'planner', idOf(n))).map(({ type }) => type)

const isActive = ({ state }: { state: string }) => state === 'ACTIVE'

describe('messages to an agent', () => {
  it('A8 wait for an agent that is down, and are handled in order at its next start', async () => {
    await using log = await freshEventStore()
    const seen: unknown[] = []
    const { line, start } = withPlanner(log.store, { note: async ({ content }) => void seen.push(content) })
    for (let n = 0; n < 5; n++) await line.send(sending(n, 'note', n))
    const host = start()
    await host.until('planner', ({ inbox }) => inbox.handled === 5)
    await host.stop()
    expect(seen).toEqual([0, 1, 2, 3, 4])
    expect(await typesOf(log.store, 4)).toEqual([
      'AgentMessageSent',
      'AgentMessageAgreed',
      'AgentMessageHandled',
    ])
  })

  it('A11 from twelve senders at once are each handled once, one at a time', async () => {
    await using log = await freshEventStore()
    const seen: unknown[] = []
    let inHand = 0
    const note: MessageHandler = async ({ content }) => {
      inHand += 1
      expect(inHand).toBe(1)
      await log.store.head()
      seen.push(content)
      inHand -= 1
    }
    const { line, start } = withPlanner(log.store, { note })
    const host = start()
    await host.until('planner', isActive)
    await Promise.all(
      Array.from({ length: 12 }, (_, n) => line.ask(sending(n, 'note', `Ceci n’est pas ${n} 🌌`), never)),
    )
    await host.stop()
    expect(new Set(seen)).toEqual(new Set(Array.from({ length: 12 }, (_, n) => `Ceci n’est pas ${n} 🌌`)))
    expect(seen).toHaveLength(12)
  })

  it('A12 of 64 KiB come whole', async () => {
    await using log = await freshEventStore()
    const { line, start } = withPlanner(log.store, { echo: async ({ content }) => content })
    const host = start()
    const long = 'ä'.repeat(32 * 1024)
    expect(await line.ask(sending(0, 'echo', long), never)).toBe(long)
    await host.stop()
  })

  it('A5 without an action are recorded as unhandled, and the agent stays ACTIVE', async () => {
    await using log = await freshEventStore()
    const { line, start } = withPlanner(log.store, {})
    const host = start()
    await expect(line.ask(sending(0, 'dance'), never)).rejects.toMatchObject({
      outcome: 'AgentMessageUnhandled',
    })
    expect(host.status('planner')?.state).toBe('ACTIVE')
    await host.stop()
  })

  it('I20 answer a ping', async () => {
    await using log = await freshEventStore()
    const { line, start } = withPlanner(log.store, {})
    const host = start()
    expect(await line.ask(sending(0, 'ping'), never)).toEqual({ pong: 'pong' })
    await host.stop()
  })

  it('I11 that fail say whose fault it was, and the agent goes on', async () => {
    await using log = await freshEventStore()
    const { line, start } = withPlanner(log.store, {
      plan: async () => {
        throw new MessageFailed(422, 'no such night')
      },
      crash: async () => {
        throw new TypeError('of no use')
      },
    })
    const host = start()
    await expect(line.ask(sending(0, 'plan'), never)).rejects.toMatchObject({ fault: 'caller' })
    await expect(line.ask(sending(1, 'crash'), never)).rejects.toMatchObject({ fault: 'agent' })
    expect(await line.ask(sending(2, 'ping'), never)).toEqual({ pong: 'pong' })
    await host.stop()
  })

  it('I10 that nobody answers end for the caller at the timeout', async () => {
    await using log = await freshEventStore()
    const { clock, line } = withPlanner(log.store, {})
    const asked = line.ask({ ...sending(0, 'plan'), timeoutS: 15 }, never)
    const failed = expect(asked).rejects.toMatchObject({ outcome: 'AgentMessageTimedOut' })
    await expect.poll(() => clock.pending()).toBe(1)
    await clock.advanceBy(15_000)
    await failed
    expect(await typesOf(log.store, 0)).toEqual(['AgentMessageSent', 'AgentMessageTimedOut'])
  })

  it('A15 with a countdown are not handled before its end, and then are', async () => {
    await using log = await freshEventStore()
    const { clock, line, start } = withPlanner(log.store, { note: async () => 'done' })
    await line.send({ ...sending(0, 'note'), countdownS: 60 })
    await line.send(sending(1, 'note'))
    const host = start()
    await host.until('planner', ({ inbox }) => inbox.handled === 1)
    expect(await typesOf(log.store, 0)).toEqual(['AgentMessageSent'])
    const handled = host.until('planner', ({ inbox }) => inbox.handled === 2)
    await clock.advanceBy(60_000)
    await handled
    await host.stop()
    expect(await typesOf(log.store, 0)).toContain('AgentMessageHandled')
  })

  it('A17 that are taken back in hand are broken off', async () => {
    await using log = await freshEventStore()
    const begun = Promise.withResolvers<void>()
    const expose: MessageHandler = (_, signal) =>
      new Promise((_, reject) => {
        begun.resolve()
        signal.addEventListener('abort', () => reject(new Error('broken off')))
      })
    const { line, start } = withPlanner(log.store, { expose })
    const host = start()
    const asked = line.ask(sending(0, 'expose'), never)
    const failed = expect(asked).rejects.toMatchObject({ outcome: 'AgentMessageAborted' })
    await begun.promise
    await line.revoke(sending(0, 'expose'), true)
    await failed
    await host.until('planner', ({ inbox }) => inbox.handled === 1)
    await host.stop()
    expect(await typesOf(log.store, 0)).toEqual([
      'AgentMessageSent',
      'AgentMessageAgreed',
      'AgentMessageAborted',
      'AgentReplyDropped',
    ])
  })

  it('A1 to an agent that nobody knows are refused, and nothing is recorded', async () => {
    await using log = await freshEventStore()
    const { line } = withPlanner(log.store, {})
    const sent = line.send({ ...sending(0, 'note'), agent: 'stranger' })
    await expect(sent).rejects.toThrow(UnknownAgent)
    expect(await readMessage(log.store, 'stranger', idOf(0))).toEqual([])
  })
})
