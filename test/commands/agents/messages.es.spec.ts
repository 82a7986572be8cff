import { describe, expect, it } from 'vitest'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { Agent } from '#commands/agents/agent.ts'
import type { MessageHandler } from '#commands/agents/message.ts'
import { MessageFailed } from '#commands/agents/message.ts'
import { purgeMessages } from '#commands/agents/purge.ts'
import { readMessage } from '#commands/agents/read-message.ts'
import { agentMessages, UnknownAgent } from '#commands/agents/send.ts'
import { messageHandling } from '#commands/agents/settle.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { observatorySite, plainAgent, startHost } from '#test/support/agents.ts'
import { freshEventStore } from '#test/support/event-store.ts'

const actor = { kind: 'user', id: 'ada' } as const
const idOf = (n: number) => uuidFrom(`message/${n}`, noctuaryNamespace)
const never = new AbortController().signal

/** An observatory with one agent, `planner`, that is down at first. */
const withPlanner = (
  store: OpenEventStore,
  messages: Readonly<Record<string, MessageHandler>>,
  more: Partial<Agent> = {},
) => {
  const clock = new VirtualClock(epochMsOf('2026-11-21T02:00:00.000Z'))
  const start = (host = 'host-1', gone: string[] = []) =>
    startHost(store, clock, { planner: () => plainAgent('planner', { messages, ...more }) }, { host, gone })
  const log = { store, feed: store, clock, site: observatorySite, simulated: false }
  const line = agentMessages({ ...log, host: 'sender', agents: ['planner', 'observer'] })
  return { clock, start, log, line }
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

  it('A5 I5 without an action are recorded as unhandled, and the agent stays ACTIVE', async () => {
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

  it('I11 I12 that fail say whose fault it was, and the agent goes on', async () => {
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

  it('A2 sent while its work begins come afterwards, in order, and the work begins once', async () => {
    await using log = await freshEventStore()
    const order: unknown[] = []
    const [begun, enough] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const activate = async () => {
      order.push('begins')
      begun.resolve()
      await enough.promise
      order.push('has begun')
    }
    const note: MessageHandler = async ({ content }) => void order.push(content)
    const { line, start } = withPlanner(log.store, { note }, { activate })
    const host = start()
    await begun.promise
    for (const n of [0, 1, 2]) await line.send(sending(n, 'note', n))
    enough.resolve()
    await host.until('planner', ({ inbox }) => inbox.handled === 3)
    await host.stop()
    expect(order).toEqual(['begins', 'has begun', 0, 1, 2])
  })

  it('A4 A7 I9 I15 call the action of their name once, and the reply stands behind the question', async () => {
    await using log = await freshEventStore()
    const called: unknown[] = []
    const action: MessageHandler = async ({ content, from }) => {
      called.push([content, from])
      return 'noted'
    }
    // Who sends needs nothing of the agent but its name.
    const { line, start } = withPlanner(log.store, { 'Observation finished': action })
    const host = start()
    const byObserver = { kind: 'agent', id: 'observer' } as const
    const asked = { ...sending(0, 'Observation finished', 7), actor: byObserver, timeoutS: 60 }
    expect(await line.ask(asked, never)).toBe('noted')
    await line.send(sending(1, 'Observation finished'))
    await host.until('planner', ({ inbox }) => inbox.handled === 2)
    await host.stop()
    expect(called).toEqual([
      [7, 'observer'],
      [{}, 'ada'],
    ])
    const conversation = await readMessage(log.store, 'planner', idOf(0))
    expect(conversation.map(({ type, revision }) => [type, revision])).toEqual([
      ['AgentMessageSent', 0n],
      ['AgentMessageAgreed', 1n],
      ['AgentMessageHandled', 2n],
    ])
    expect(new Set(conversation.map(({ metadata }) => metadata.correlationId))).toEqual(new Set([idOf(0)]))
    expect(conversation.map(({ metadata }) => metadata.actor.id)).toEqual(['observer', 'planner', 'planner'])
    const [second] = await readMessage(log.store, 'planner', idOf(1))
    // Nothing is left of the one before.
    expect(second?.data).toMatchObject({ from: 'ada', deadlineAt: null })
  })

  it('A18 I24 are taken in hand again when a worker dies in the middle, with one effect', async () => {
    await using log = await freshEventStore()
    const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const done = new Set<string>()
    let times = 0
    const expose: MessageHandler = async ({ id }) => {
      times += 1
      if (times === 1) {
        begun.resolve()
        await over.promise
      }
      done.add(id)
      return times
    }
    const { line, start } = withPlanner(log.store, { expose })
    const dead = start('dead')
    await line.send(sending(0, 'expose'))
    await begun.promise
    const heir = start('heir', ['dead'])
    await heir.until('planner', ({ inbox }) => inbox.handled === 1)
    over.resolve()
    await Promise.all([heir.stop(), dead.stop()])
    expect(done).toEqual(new Set([idOf(0)]))
    expect(await typesOf(log.store, 0)).toEqual([
      'AgentMessageSent',
      'AgentMessageAgreed',
      'AgentMessageHandled',
    ])
  })

  it('I21 can ask another agent while one is handled', async () => {
    await using log = await freshEventStore()
    const within: MessageHandler = (_, signal) =>
      line.ask({ ...sending(1, 'ping'), agent: 'observer' }, signal)
    const { clock, line, start } = withPlanner(log.store, { within })
    const host = start()
    const other = startHost(log.store, clock, { observer: () => plainAgent('observer') }, { host: 'other' })
    expect(await line.ask(sending(0, 'within'), never)).toEqual({ pong: 'pong' })
    await Promise.all([host.stop(), other.stop()])
  })

  it('I5 I14 I16 that make no sense, are over, or come from who may not, are refused, and the agent goes on', async () => {
    await using log = await freshEventStore()
    const called: string[] = []
    const messages = {
      plan: async () => void called.push('plan'),
      secret: async () => void called.push('secret'),
    }
    const policy = { plan: ['user'] } as const
    const { clock, line, start, log: surroundings } = withPlanner(log.store, messages, { policy })
    const about = { agent: 'planner', content: {}, notBeforeAt: null, deadlineAt: null }
    // As a program of somebody else's could.
    await messageHandling(surroundings)(
      { type: 'SendMessage', messageId: idOf(0), name: 'plan', ...about, from: 'somebody else' },
      actor,
    )
    await line.send({ ...sending(1, 'plan'), timeoutS: 5 })
    await clock.advanceBy(6_000)
    await line.send({ ...sending(2, 'plan'), actor: { kind: 'simulator', id: 'plc' } })
    await line.send(sending(3, 'secret'))
    await line.send(sending(4, 'dance'))
    const host = start()
    await host.until('planner', ({ inbox }) => inbox.handled === 5)
    await line.ask(sending(5, 'plan'), never)
    await host.stop()
    const ends = await Promise.all(
      [0, 1, 2, 3, 4].map(async (n) => (await readMessage(log.store, 'planner', idOf(n))).at(-1)),
    )
    expect(ends.map((end) => [end?.type, end && 'code' in end.data ? end.data.code : null])).toEqual([
      ['AgentMessageRefused', 400],
      ['AgentMessageRefused', 401],
      ['AgentMessageRefused', 401],
      ['AgentMessageRefused', 401],
      ['AgentMessageUnhandled', null],
    ])
    expect(called).toEqual(['plan'])
  })

  it('A20 that wait are taken back, of one agent or of all, and counted; what is in hand goes on', async () => {
    await using log = await freshEventStore()
    const [begun, enough] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const handled: unknown[] = []
    const note: MessageHandler = async ({ content }) => {
      begun.resolve()
      await enough.promise
      handled.push(content)
    }
    const { line, start, log: surroundings } = withPlanner(log.store, { note })
    const purge = (...agents: string[]) => purgeMessages(surroundings, agents, actor, never)
    await line.send({ ...sending(9, 'note'), agent: 'observer' })
    const host = start()
    for (const n of [0, 1, 2]) await line.send(sending(n, 'note', n))
    await begun.promise
    expect(await purge('planner')).toEqual([{ agent: 'planner', count: 2 }])
    expect(await purge('planner', 'observer')).toEqual([
      { agent: 'planner', count: 0 },
      { agent: 'observer', count: 1 },
    ])
    enough.resolve()
    await line.ask(sending(3, 'note', 3), never)
    await host.stop()
    expect(handled).toEqual([0, 3])
    expect(await typesOf(log.store, 1)).toEqual(['AgentMessageSent', 'AgentMessageRevoked'])
  })
})
