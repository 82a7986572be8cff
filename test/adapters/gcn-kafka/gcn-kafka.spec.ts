import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { accessTokens } from '#adapters/gcn-kafka/access-token.ts'
import { gcnKafka } from '#adapters/gcn-kafka/gcn-kafka.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { NoticeSink } from '#commands/alerts/sources/notice-sink.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { KafkaBroker } from '#simulators/kafka-broker.ts'
import { tokenEndpoint } from '#simulators/token-endpoint.ts'
import { noticeLog } from '#test/support/notice-log.ts'

const topic = 'gcn.classic.voevent.SWIFT_BAT_GRB_POS_ACK'
const bytes = (text: string) => new TextEncoder().encode(text)

type Options = {
  readonly topics?: string[]
  readonly through?: (sink: NoticeSink) => NoticeSink
  readonly clock?: Clock
  readonly accept?: (token: string) => number | null
  readonly token?: () => Promise<string>
  readonly broker?: KafkaBroker
  readonly log?: Awaited<ReturnType<typeof noticeLog>>
}

const newBroker = async (accept?: Options['accept']) => {
  const broker = new KafkaBroker(accept ? { accept } : {})
  for (const name of ['gcn.heartbeat', topic, 'igwn.gwalert']) broker.createTopic(name)
  await broker.listen({ port: 0 })
  onTestFinished(() => broker.close())
  return broker
}

const consuming = async (options: Options = {}) => {
  const log = options.log ?? (await noticeLog())
  const broker = options.broker ?? (await newBroker(options.accept))
  const said: string[] = []
  const source = gcnKafka({
    brokers: [broker.state.address],
    group: 'noctuary-test',
    topics: options.topics ?? [topic, 'igwn.gwalert'],
    tls: false,
    token: options.token ?? null,
    sink: (options.through ?? ((sink) => sink))(log.sink),
    clock: options.clock ?? systemClock,
    random: () => 0.01,
    say: (line) => said.push(line),
  })
  const stopping = new AbortController()
  const running = source.run(stopping.signal)
  const stop = async () => {
    stopping.abort()
    await running
  }
  onTestFinished(async () => {
    await stop()
    await log[Symbol.asyncDispose]()
  })
  return { broker, log, source, said, stop }
}

const committed = (broker: KafkaBroker, count: bigint) =>
  broker.state.until(() => broker.committed('noctuary-test', topic) === count)

describe('GCN by Kafka', () => {
  it('takes what waited and what comes, byte for byte with its offset, and commits after', async () => {
    const broker = await newBroker()
    broker.produce(topic, bytes('<a/>'))
    const { log } = await consuming({ broker })
    await committed(broker, 1n)
    broker.produce(topic, Buffer.from([0xff, 0xfe, 0x00]))
    await committed(broker, 2n)
    const { host, port } = broker.state.address
    expect(await log.kept()).toMatchObject([
      { raw: '<a/>', source: { kind: 'kafka', broker: `${host}:${port}`, topic, partition: 0, offset: '0' } },
      { raw: '\u00ff\u00fe\u0000', source: { offset: '1' } },
    ])
  })

  it('takes a megabyte whole, as sky maps come', async () => {
    const { broker, log } = await consuming()
    const large = Buffer.alloc(2_500_000, 'x')
    broker.produce('igwn.gwalert', large)
    await log.until(1)
    expect((await log.kept())[0]?.raw).toHaveLength(large.length)
  })

  it('killed between keeping and committing, it takes the notice again, and the log has it once', async () => {
    const broker = await newBroker()
    const log = await noticeLog()
    broker.produce(topic, bytes('<a/>'))
    const mayReturn = Promise.withResolvers<void>()
    const first = await consuming({
      broker,
      log,
      through: (sink) => async (arrival) => {
        await sink(arrival)
        await mayReturn.promise
        throw new Error('killed here')
      },
    })
    await log.until(1)
    expect(broker.committed('noctuary-test', topic)).toBeUndefined()
    const stopped = first.stop()
    mayReturn.resolve()
    await stopped
    const offsets: string[] = []
    await consuming({
      broker,
      log,
      through: (sink) => (arrival) => {
        if (arrival.source.kind === 'kafka') offsets.push(arrival.source.offset)
        return sink(arrival)
      },
    })
    await committed(broker, 1n)
    expect(offsets).toEqual(['0'])
    expect(await log.kept()).toHaveLength(1)
  })

  it('a log that is away leaves the offset where it is, and the notice comes again', async () => {
    let calls = 0
    const { broker, log } = await consuming({
      through: (sink) => async (arrival) => {
        calls += 1
        if (calls === 1) throw new Error('the event store does not answer')
        return sink(arrival)
      },
    })
    broker.produce(topic, bytes('<a/>'))
    await committed(broker, 1n)
    expect(calls).toBe(2)
    expect(await log.kept()).toHaveLength(1)
  })

  it('comes back after the broker was away, in the same group, and goes on where it was', async () => {
    const { broker, log, source } = await consuming()
    broker.produce(topic, bytes('<a/>'))
    await committed(broker, 1n)
    const { address } = broker.state
    await broker.close()
    broker.produce(topic, bytes('<b/>'))
    await expect.poll(() => source.status().state).toBe('down')
    await broker.listen(address)
    await committed(broker, 2n)
    expect((await log.kept()).map(({ raw }) => raw)).toEqual(['<a/>', '<b/>'])
    expect(broker.state.groups.toSorted()).toEqual(['noctuary-test', 'noctuary-test-heartbeat'])
  })

  it('an error of the broker is told, and never taken for a notice', async () => {
    const { broker, log, source, said } = await consuming()
    await expect.poll(() => source.status().state).toBe('up')
    broker.state.failing.set(topic, 29)
    broker.produce(topic, bytes('<a/>'))
    await expect.poll(() => source.status().state).toBe('down')
    expect(await log.kept()).toEqual([])
    expect(said.join('\n')).toMatch(/again in/)
    broker.state.failing.clear()
    await committed(broker, 1n)
    expect((await log.kept()).map(({ raw }) => raw)).toEqual(['<a/>'])
  })

  it('a topic that is not there costs the others nothing', async () => {
    const { broker, source } = await consuming({ topics: ['gcn.notices.never', topic] })
    broker.produce(topic, bytes('<a/>'))
    await committed(broker, 1n)
    expect(source.status()).toMatchObject({ state: 'up', detail: '1 of 2 topics', notices: 1 })
  })

  it('takes in a topic that comes into being later', async () => {
    const clock = new VirtualClock(Date.UTC(2026, 10, 21))
    const { broker, log, source } = await consuming({ topics: ['gcn.notices.later', topic], clock })
    await expect.poll(() => source.status().state).toBe('up')
    broker.createTopic('gcn.notices.later')
    broker.produce('gcn.notices.later', bytes('{}'))
    await expect.poll(() => clock.pending()).toBeGreaterThanOrEqual(2)
    // Beats keep coming meanwhile; one that comes before anybody listens is nobody's.
    const hear = async () => {
      const before = source.status().lastHeardAt
      await expect
        .poll(() => {
          broker.produce('gcn.heartbeat', bytes('beat'))
          return source.status().lastHeardAt
        })
        .not.toBe(before)
    }
    for (let minute = 0; minute < 20; minute += 1) {
      await clock.advanceBy(30_000)
      if (source.status().state === 'up' && minute < 19) await hear()
    }
    await expect
      .poll(async () => {
        await clock.advanceBy(1_000)
        return (await log.kept()).map(({ raw }) => raw)
      })
      .toEqual(['{}'])
  })

  it('no heartbeat for a minute: it says so and connects again', async () => {
    const clock = new VirtualClock(Date.UTC(2026, 10, 21))
    const { broker, source, said } = await consuming({ clock })
    await expect.poll(() => source.status().state).toBe('up')
    await expect.poll(() => broker.state.groups.length).toBe(2)
    await expect.poll(() => clock.pending()).toBe(2)
    await clock.advanceBy(60_000)
    await expect.poll(() => source.status().detail).toMatch(/^no heartbeat for 60 s; again in/)
    await clock.advanceBy(1_000)
    await expect.poll(() => source.status().state).toBe('up')
    expect(said.filter((line) => /no heartbeat/.test(line))).toHaveLength(1)
  })

  it('a token is fetched, and fetched anew before the session it opened is over', async () => {
    const endpoint = await tokenEndpoint({ clientId: 'we', clientSecret: 'secret', expiresInS: 1 })
    onTestFinished(endpoint.close)
    const token = accessTokens({
      url: endpoint.url,
      clientId: 'we',
      clientSecret: 'secret',
      clock: systemClock,
    })
    const seen: string[] = []
    const { broker, log, source } = await consuming({
      token,
      accept: (one) => {
        seen.push(one)
        return endpoint.given.includes(one) ? 1_000 : null
      },
    })
    broker.produce(topic, bytes('<a/>'))
    await committed(broker, 1n)
    // Sessions of a second are renewed at 0.8 s, by a token of their own, on the connections there are.
    await broker.state.until(() => new Set(seen).size >= 3)
    broker.produce(topic, bytes('<b/>'))
    await committed(broker, 2n)
    expect(source.status().state).toBe('up')
    expect(await log.kept()).toHaveLength(2)
  })

  it('a refused client is told without its secret', async () => {
    const endpoint = await tokenEndpoint({ clientId: 'we', clientSecret: 'secret', expiresInS: 3600 })
    onTestFinished(endpoint.close)
    const token = accessTokens({
      url: endpoint.url,
      clientId: 'we',
      clientSecret: 'wrong',
      clock: systemClock,
    })
    const { source, said } = await consuming({ token, accept: () => null })
    await expect.poll(() => source.status().state).toBe('down')
    expect(said.join('\n')).not.toContain('wrong')
  })
})

describe('access tokens', () => {
  it('one serves until three quarters of its life are over', async () => {
    const clock = new VirtualClock(Date.UTC(2026, 10, 21))
    const endpoint = await tokenEndpoint({ clientId: 'we', clientSecret: 'secret', expiresInS: 3600 })
    onTestFinished(endpoint.close)
    const token = accessTokens({ url: endpoint.url, clientId: 'we', clientSecret: 'secret', clock })
    expect([await token(), await token()]).toEqual(['token-1', 'token-1'])
    await clock.advanceBy(44 * 60_000)
    expect(await token()).toBe('token-1')
    await clock.advanceBy(60_000)
    expect(await token()).toBe('token-2')
  })
})
