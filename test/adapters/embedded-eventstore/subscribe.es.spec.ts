import {
  END,
  eventTypeFilter,
  excludeSystemEvents,
  type Position,
  START,
  streamNameFilter,
} from '@eventstore/db-client'
import { describe, expect, it } from 'vitest'
import { collect, first, newStream, reading, readings, useEventStore } from './node.ts'

const store = useEventStore()

type Emitter = { once(event: string, listener: () => void): unknown }
const once = (emitter: Emitter, event: string) => new Promise<void>((resolve) => emitter.once(event, resolve))

describe('a subscription to a stream', () => {
  it('gives history, says that it has caught up, then gives what is new', async () => {
    const stream = newStream()
    await store.client.appendToStream(stream, readings(3))
    const subscription = store.client.subscribeToStream(stream, { fromRevision: START })
    const order: string[] = []
    subscription.on('confirmation', () => order.push('confirmation'))
    subscription.on('caughtUp', () => order.push('caughtUp'))
    subscription.on('data', ({ event }) => order.push(`${event?.revision}`))
    await once(subscription, 'caughtUp')
    const live = first(subscription, 2)
    await store.client.appendToStream(stream, readings(2))
    await live
    await subscription.unsubscribe()
    expect(order).toEqual(['confirmation', '0', '1', '2', 'caughtUp', '3', '4'])
  })

  it('begins behind the given revision', async () => {
    const stream = newStream()
    await store.client.appendToStream(stream, readings(4))
    const subscription = store.client.subscribeToStream(stream, { fromRevision: 1n })
    const events = await first(subscription, 2)
    await subscription.unsubscribe()
    expect(events.map(({ event }) => event?.revision)).toEqual([2n, 3n])
  })

  it('waits for a stream that is not there yet', async () => {
    const stream = newStream()
    const subscription = store.client.subscribeToStream(stream, { fromRevision: END })
    await once(subscription, 'caughtUp')
    const events = first(subscription, 1)
    await store.client.appendToStream(stream, [reading(0)])
    expect((await events)[0]?.event?.revision).toBe(0n)
    await subscription.unsubscribe()
  })
})

describe('a subscription to $all', () => {
  it('from the end gives only what is new', async () => {
    const subscription = store.client.subscribeToAll({ fromPosition: END })
    await once(subscription, 'caughtUp')
    const events = first(subscription, 2)
    const stream = newStream()
    await store.client.appendToStream(stream, readings(2))
    expect((await events).map(({ event }) => event?.streamId)).toEqual([stream, stream])
    await subscription.unsubscribe()
  })

  it('begins behind the given position', async () => {
    const stream = newStream()
    await store.client.appendToStream(stream, readings(3))
    const [firstEvent] = await collect(store.client.readStream(stream, { maxCount: 1 }))
    const fromPosition = firstEvent?.event?.position
    if (!fromPosition) throw new Error('a stored event has a position')
    const subscription = store.client.subscribeToAll({ fromPosition })
    const events = await first(subscription, 2)
    await subscription.unsubscribe()
    expect(events.map(({ event }) => event?.revision)).toEqual([1n, 2n])
  })

  it.each([
    ['the prefix of a stream name', (category: string) => streamNameFilter({ prefixes: [`${category}-`] })],
    [
      'a regular expression on the stream name',
      (category: string) => streamNameFilter({ regex: `^${category}-` }),
    ],
    ['the prefix of an event type', (category: string) => eventTypeFilter({ prefixes: [category] })],
    [
      'a regular expression on the event type, not anchored',
      (category: string) => eventTypeFilter({ regex: `${category.slice(2)}$` }),
    ],
  ])('gives only what matches %s', async (_name, filterFor) => {
    const category = `only${Date.now()}x${Math.trunc(performance.now())}`
    const wanted = newStream(category)
    for (let n = 0; n < 6; n++) {
      await store.client.appendToStream(n % 2 ? wanted : newStream(), [
        reading(n, n % 2 ? category : 'Other'),
      ])
    }
    const subscription = store.client.subscribeToAll({ fromPosition: START, filter: filterFor(category) })
    const events = first(subscription, 4)
    await once(subscription, 'caughtUp')
    await store.client.appendToStream(wanted, [reading(7, category)])
    expect((await events).map(({ event }) => event?.streamId)).toEqual([wanted, wanted, wanted, wanted])
    await subscription.unsubscribe()
  })

  it('leaves system events out when it is told to', async () => {
    const subscription = store.client.subscribeToAll({ fromPosition: START, filter: excludeSystemEvents() })
    const types: string[] = []
    subscription.on('data', ({ event }) => types.push(event?.type ?? ''))
    await once(subscription, 'caughtUp')
    await subscription.unsubscribe()
    expect(types.length).toBeGreaterThan(0)
    expect(types.filter((type) => type.startsWith('$'))).toEqual([])
  })

  it('sends checkpoints by the number of events searched, never going back, and resumes behind one', async () => {
    const stream = newStream('checkpointed')
    await store.client.appendToStream(newStream(), readings(100))
    const checkpoints: Position[] = []
    const { position: last } = await store.client.appendToStream(stream, [reading(0)])
    const subscription = store.client.subscribeToAll({
      fromPosition: START,
      filter: streamNameFilter({
        prefixes: ['checkpointed-'],
        checkpointInterval: 2,
        maxSearchWindow: 10,
        checkpointReached: async (_subscription, position) => {
          checkpoints.push(position)
        },
      }),
    })
    const events = first(subscription, 1)
    await once(subscription, 'caughtUp')
    await events
    await subscription.unsubscribe()
    expect(checkpoints.length).toBeGreaterThanOrEqual(5)
    const commits = checkpoints.map(({ commit }) => commit)
    expect(commits).toEqual(commits.toSorted((a, b) => Number(a - b)))
    expect(checkpoints.at(-1)).toEqual(last)

    const resumed = store.client.subscribeToAll({
      fromPosition: checkpoints.at(-1) ?? START,
      filter: streamNameFilter({ prefixes: ['checkpointed-'] }),
    })
    const next = first(resumed, 1)
    await once(resumed, 'caughtUp')
    await store.client.appendToStream(stream, [reading(1)])
    expect((await next)[0]?.event?.revision).toBe(1n)
    await resumed.unsubscribe()
  })
})
