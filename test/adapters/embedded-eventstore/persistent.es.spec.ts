import {
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
  binaryEvent,
  DISPATCH_TO_SINGLE,
  END,
  eventTypeFilter,
  type PersistentAction,
  type PersistentSubscriptionToAll,
  type PersistentSubscriptionToStream,
  PINNED,
  ROUND_ROBIN,
  START,
  persistentSubscriptionToStreamSettingsFromDefaults as streamSettings,
} from '@eventstore/db-client'
import { describe, expect, it } from 'vitest'
import { collect, eventually, newStream, reading, readings, useEventStore } from './node.ts'

const store = useEventStore()
const group = 'readers'

type Received = Parameters<PersistentSubscriptionToStream['ack']>[0] & { retryCount: number }

/** Takes `count` events off a subscription, answering each before the next. */
const take = (
  subscription: PersistentSubscriptionToStream | PersistentSubscriptionToAll,
  count: number,
  answer: (event: Received) => Promise<void>,
): Promise<Received[]> =>
  new Promise((resolve, reject) => {
    const taken: Received[] = []
    subscription.on('error', reject)
    subscription.on('data', (event: Received) => {
      if (taken.length === count) return
      taken.push(event)
      answer(event).then(() => {
        if (taken.length === count) resolve(taken)
      }, reject)
    })
  })
const acking = (subscription: PersistentSubscriptionToStream) => (event: Received) => subscription.ack(event)
const nacking =
  (subscription: PersistentSubscriptionToStream, action: PersistentAction) => (event: Received) =>
    subscription.nack(action, 'because', event)

const revisionsOf = (events: readonly Received[]) => events.map(({ event }) => Number(event?.revision))
const info = (stream: string) => store.client.getPersistentSubscriptionToStreamInfo(stream, group)
const parkedCount = async (stream: string) => (await info(stream)).stats.parkedMessageCount

const withGroup = async (count: number, changes: Parameters<typeof streamSettings>[0] = {}) => {
  const stream = newStream()
  if (count > 0) await store.client.appendToStream(stream, readings(count))
  await store.client.createPersistentSubscriptionToStream(
    stream,
    group,
    streamSettings({ startFrom: START, ...changes }),
  )
  return stream
}

describe('a persistent subscription to a stream', () => {
  it('delivers history, then what is new, each once when it is acked', async () => {
    const stream = await withGroup(3)
    const subscription = store.client.subscribeToPersistentSubscriptionToStream(stream, group)
    const taken = take(subscription, 5, acking(subscription))
    await store.client.appendToStream(stream, readings(2))
    expect(revisionsOf(await taken)).toEqual([0, 1, 2, 3, 4])
    expect((await taken).map(({ retryCount }) => retryCount)).toEqual([0, 0, 0, 0, 0])
    await subscription.unsubscribe()
  })

  it('begins with the given revision', async () => {
    const stream = await withGroup(4, { startFrom: 2n })
    const subscription = store.client.subscribeToPersistentSubscriptionToStream(stream, group)
    expect(revisionsOf(await take(subscription, 2, acking(subscription)))).toEqual([2, 3])
    await subscription.unsubscribe()
  })

  it('from the end delivers what comes after it was created, though nobody was listening', async () => {
    const stream = await withGroup(2, { startFrom: END })
    await store.client.appendToStream(stream, readings(1))
    const subscription = store.client.subscribeToPersistentSubscriptionToStream(stream, group)
    expect(revisionsOf(await take(subscription, 1, acking(subscription)))).toEqual([2])
    await subscription.unsubscribe()
  })

  it('delivers a retried event again, counting', async () => {
    const stream = await withGroup(1)
    const subscription = store.client.subscribeToPersistentSubscriptionToStream(stream, group)
    const taken = await take(subscription, 3, nacking(subscription, 'retry'))
    expect(taken.map(({ retryCount }) => retryCount)).toEqual([0, 1, 2])
    await subscription.unsubscribe()
  })

  it('drops a skipped event', async () => {
    const stream = await withGroup(2)
    const subscription = store.client.subscribeToPersistentSubscriptionToStream(stream, group)
    expect(revisionsOf(await take(subscription, 2, nacking(subscription, 'skip')))).toEqual([0, 1])
    expect(await parkedCount(stream)).toBe(0n)
    await subscription.unsubscribe()
  })

  it('parks an event and delivers it again when that is asked for', async () => {
    const stream = await withGroup(2)
    const subscription = store.client.subscribeToPersistentSubscriptionToStream(stream, group)
    await take(subscription, 2, nacking(subscription, 'park'))
    await eventually(() => parkedCount(stream)).toBe(2n)
    const [parked] = await collect(
      store.client.readStream(`$persistentsubscription-${stream}::${group}-parked`),
    )
    expect(parked?.event).toMatchObject({ type: '$>', metadata: { Reason: 'because' } })

    subscription.removeAllListeners('data')
    const again = take(subscription, 2, acking(subscription))
    await store.client.replayParkedMessagesToStream(stream, group)
    expect(revisionsOf(await again)).toEqual([0, 1])
    expect((await again)[0]?.link?.streamId).toContain('-parked')
    expect(await parkedCount(stream)).toBe(0n)
    await subscription.unsubscribe()
  })

  it('replays parked events up to a given one', async () => {
    const stream = await withGroup(3)
    const subscription = store.client.subscribeToPersistentSubscriptionToStream(stream, group)
    await take(subscription, 3, nacking(subscription, 'park'))
    await eventually(() => parkedCount(stream)).toBe(3n)
    await store.client.replayParkedMessagesToStream(stream, group, { stopAt: 2 })
    expect(await parkedCount(stream)).toBe(1n)
    await subscription.unsubscribe()
  })

  it('parks an event whose retries are used up', async () => {
    const stream = await withGroup(1, { maxRetryCount: 2 })
    const subscription = store.client.subscribeToPersistentSubscriptionToStream(stream, group)
    await take(subscription, 3, nacking(subscription, 'retry'))
    await eventually(() => parkedCount(stream)).toBe(1n)
    await subscription.unsubscribe()
  })

  it('delivers again what was not answered in time', async () => {
    const stream = await withGroup(1, { messageTimeout: 50 })
    const subscription = store.client.subscribeToPersistentSubscriptionToStream(stream, group)
    const taken = await take(subscription, 2, async () => {})
    expect(taken.map(({ retryCount }) => retryCount)).toEqual([0, 1])
    await subscription.unsubscribe()
  })

  it('gives what a leaving consumer held to the next', async () => {
    const stream = await withGroup(3)
    const leaver = store.client.subscribeToPersistentSubscriptionToStream(stream, group)
    await take(leaver, 3, async () => {})
    await leaver.unsubscribe()
    const heir = store.client.subscribeToPersistentSubscriptionToStream(stream, group)
    const taken = await take(heir, 3, acking(heir))
    expect(revisionsOf(taken)).toEqual([0, 1, 2])
    expect(taken.map(({ retryCount }) => retryCount)).toEqual([1, 1, 1])
    await heir.unsubscribe()
  })

  it('has no more under way than the consumer takes', async () => {
    const stream = await withGroup(9)
    const subscription = store.client.subscribeToPersistentSubscriptionToStream(stream, group, {
      bufferSize: 4,
    })
    await take(subscription, 4, async () => {})
    const { connections, stats } = await info(stream)
    expect(
      connections.map(({ inFlightMessages, availableSlots }) => [inFlightMessages, availableSlots]),
    ).toEqual([[4, 0]])
    expect(stats.totalInFlightMessages).toBe(4)
    await subscription.unsubscribe()
  })

  it('resolves links, and takes the acks for the links', async () => {
    const target = newStream()
    await store.client.appendToStream(target, readings(2))
    const stream = newStream()
    for (const revision of [0, 1]) {
      await store.client.appendToStream(stream, [
        binaryEvent({ type: '$>', data: Buffer.from(`${revision}@${target}`) }),
      ])
    }
    await store.client.createPersistentSubscriptionToStream(
      stream,
      group,
      streamSettings({ startFrom: START, resolveLinkTos: true }),
    )
    const subscription = store.client.subscribeToPersistentSubscriptionToStream(stream, group, {
      bufferSize: 1,
    })
    const taken = await take(subscription, 2, acking(subscription))
    expect(taken.map(({ event, link }) => [event?.streamId, link?.streamId])).toEqual([
      [target, stream],
      [target, stream],
    ])
    await subscription.unsubscribe()
  })
})

describe('the consumers of a group', () => {
  const spread = async (
    consumerStrategyName: typeof ROUND_ROBIN | typeof DISPATCH_TO_SINGLE | typeof PINNED,
  ) => {
    const stream = await withGroup(0, { consumerStrategyName })
    const consumers = [0, 1].map(() =>
      store.client.subscribeToPersistentSubscriptionToStream(stream, group, { bufferSize: 20 }),
    )
    const counts = [0, 0]
    const all = new Promise<void>((resolve) => {
      consumers.forEach((consumer, i) => {
        consumer.on('data', () => {
          counts[i] = (counts[i] ?? 0) + 1
          if ((counts[0] ?? 0) + (counts[1] ?? 0) === 10) resolve()
        })
      })
    })
    await eventually(async () => (await info(stream)).connections.length).toBe(2)
    await store.client.appendToStream(stream, readings(10))
    await all
    const spreadCounts = counts.toSorted((a, b) => a - b)
    for (const consumer of consumers) await consumer.unsubscribe()
    return spreadCounts
  }

  it('I23 take turns with RoundRobin', async () => expect(await spread(ROUND_ROBIN)).toEqual([5, 5]))
  it('are filled one after the other with DispatchToSingle', async () =>
    expect(await spread(DISPATCH_TO_SINGLE)).toEqual([0, 10]))
  it('keep to their streams with Pinned', async () => expect(await spread(PINNED)).toEqual([0, 10]))

  it('are no more than the group allows', async () => {
    const stream = await withGroup(1, { maxSubscriberCount: 1 })
    const allowed = store.client.subscribeToPersistentSubscriptionToStream(stream, group)
    await take(allowed, 1, acking(allowed))
    const refused = store.client.subscribeToPersistentSubscriptionToStream(stream, group)
    const error = await new Promise((resolve) => refused.once('error', resolve).on('data', () => {}))
    expect(error).toMatchObject({ type: 'maximum-subscribers-reached', streamName: stream, groupName: group })
    await allowed.unsubscribe()
  })

  it.each([
    [
      'updated',
      (stream: string) =>
        store.client.updatePersistentSubscriptionToStream(
          stream,
          group,
          streamSettings({ startFrom: START }),
        ),
    ],
    ['deleted', (stream: string) => store.client.deletePersistentSubscriptionToStream(stream, group)],
    ['restarted', () => store.client.restartPersistentSubscriptionSubsystem()],
  ])('are dropped when the group is %s', async (_name, act) => {
    const stream = await withGroup(1)
    const subscription = store.client.subscribeToPersistentSubscriptionToStream(stream, group)
    await take(subscription, 1, acking(subscription))
    const error = new Promise((resolve) => {
      subscription.removeAllListeners('error')
      subscription.once('error', resolve)
    })
    await act(stream)
    expect(await error).toMatchObject({
      type: 'persistent-subscription-dropped',
      streamName: stream,
      groupName: group,
    })
  })
})

describe('a group', () => {
  it('says what it was made of', async () => {
    const changes = {
      startFrom: 3n,
      messageTimeout: 1234,
      maxRetryCount: 7,
      readBatchSize: 5,
      historyBufferSize: 50,
    }
    const stream = await withGroup(0, { ...changes, consumerStrategyName: PINNED, extraStatistics: true })
    const { settings, status, eventSource, groupName } = await info(stream)
    expect({ status, eventSource, groupName }).toEqual({
      status: 'Live',
      eventSource: stream,
      groupName: group,
    })
    expect(settings).toEqual(
      streamSettings({ ...changes, consumerStrategyName: PINNED, extraStatistics: true }),
    )
  })

  it('writes a checkpoint and tells it', async () => {
    const stream = await withGroup(6, { checkPointUpperBound: 2, checkPointLowerBound: 1 })
    const subscription = store.client.subscribeToPersistentSubscriptionToStream(stream, group, {
      bufferSize: 1,
    })
    await take(subscription, 6, acking(subscription))
    await eventually(async () => (await info(stream)).stats.lastCheckpointedEventRevision).toBe(5n)
    await subscription.unsubscribe()
  })

  it.each([
    ['is asked about', (stream: string) => info(stream)],
    [
      'is updated',
      (stream: string) => store.client.updatePersistentSubscriptionToStream(stream, group, streamSettings()),
    ],
    ['is deleted', (stream: string) => store.client.deletePersistentSubscriptionToStream(stream, group)],
    ['shall replay', (stream: string) => store.client.replayParkedMessagesToStream(stream, group)],
  ])('that is missing is an error when it %s', async (_name, act) => {
    const stream = newStream()
    await expect(act(stream)).rejects.toMatchObject({
      type: 'persistent-subscription-does-not-exist',
      message: `5 NOT_FOUND: Subscription group ${group} on stream ${stream} does not exist.`,
      streamName: stream,
      groupName: group,
    })
  })

  it('cannot be created twice, and can be after it was deleted', async () => {
    const stream = await withGroup(0)
    const create = () => store.client.createPersistentSubscriptionToStream(stream, group, streamSettings())
    await expect(create()).rejects.toMatchObject({
      type: 'persistent-subscription-exists',
      message: `6 ALREADY_EXISTS: Subscription group ${group} on stream ${stream} exists.`,
    })
    await store.client.deletePersistentSubscriptionToStream(stream, group)
    await create()
  })

  it('is refused with a read batch that its buffer cannot hold', async () => {
    const settings = streamSettings({ readBatchSize: 500, historyBufferSize: 500 })
    const refused = store.client.createPersistentSubscriptionToStream(newStream(), group, settings)
    await expect(refused).rejects.toMatchObject({ type: 'persistent-subscription-failed' })
  })

  it.each([
    ['beyond the end of the log', { commit: 10n ** 15n, prepare: 10n ** 15n }],
    ['with its prepare behind its commit position', { commit: 1n, prepare: 2n }],
  ])('is refused when it shall begin %s', async (_name, startFrom) => {
    const refused = store.client.createPersistentSubscriptionToAll(newStream(), allSettings({ startFrom }))
    await expect(refused).rejects.toMatchObject({
      type: 'persistent-subscription-failed',
      streamName: '$all',
    })
  })

  it('is listed with its stream, with $all, and with all', async () => {
    const stream = await withGroup(0)
    await store.client.createPersistentSubscriptionToAll(stream, allSettings())
    expect(
      (await store.client.listPersistentSubscriptionsToStream(stream)).map(({ groupName }) => groupName),
    ).toEqual([group])
    expect(
      (await store.client.listPersistentSubscriptionsToAll()).map(({ groupName }) => groupName),
    ).toContain(stream)
    const all = await store.client.listAllPersistentSubscriptions()
    expect(all.map(({ eventSource }) => eventSource)).toEqual(expect.arrayContaining([stream, '$all']))
    await expect(store.client.listPersistentSubscriptionsToStream(newStream())).rejects.toMatchObject({
      type: 'persistent-subscription-does-not-exist',
      groupName: '',
    })
  })
})

describe('a persistent subscription to $all', () => {
  it('delivers what its filter lets through, and moves its checkpoint, which $all does not show, over the rest', async () => {
    const name = newStream()
    const type = `Only${name}`
    await store.client.createPersistentSubscriptionToAll(
      name,
      allSettings({ startFrom: START, checkPointLowerBound: 1, checkPointUpperBound: 1, checkPointAfter: 1 }),
      { filter: eventTypeFilter({ prefixes: [type] }) },
    )
    await store.client.appendToStream(newStream(), [reading(0, type), ...readings(3), reading(4, type)])
    const subscription = store.client.subscribeToPersistentSubscriptionToAll(name)
    const taken = await take(subscription, 2, (event) => subscription.ack(event))
    expect(taken.map(({ event }) => event?.type)).toEqual([type, type])
    const { position } = await store.client.appendToStream(newStream(), readings(2))
    await eventually(
      async () =>
        (await store.client.getPersistentSubscriptionToAllInfo(name)).stats.lastCheckpointedEventPosition
          ?.commit ?? 0n,
    ).toBeGreaterThanOrEqual(position?.commit ?? 0n)
    const all = await collect(store.client.readAll())
    expect(
      all.filter(({ event }) => event?.streamId.startsWith(`$persistentsubscription-$all::${name}`)),
    ).toEqual([])
    await subscription.unsubscribe()
  })
})
