import { setTimeout } from 'node:timers/promises'
import type { Consumer, Message } from '@platformatic/kafka'
import { BackOff } from '#adapters/vtp/back-off.ts'
import type { AlertSource, SourceStatus } from '#commands/alerts/sources/alert-source.ts'
import type { NoticeSink } from '#commands/alerts/sources/notice-sink.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { instantOf } from '#domain/shared/time.ts'
import { topicsThere } from './topics-there.ts'

export type GcnKafkaOptions = {
  readonly brokers: readonly { readonly host: string; readonly port: number }[]
  /** Never another: a new group would take in everything again that GCN still keeps. */
  readonly group: string
  readonly topics: readonly string[]
  readonly tls: boolean
  /** Null where no token is asked for. */
  readonly token: (() => Promise<string>) | null
  /** A notice is committed only after it; a rejection makes it come again. */
  readonly sink: NoticeSink
  readonly clock: Clock
  readonly random: () => number
  readonly say?: (line: string) => void
  /** GCN sends a heartbeat every second; so long without one, and the connection counts as dead. */
  readonly silenceMs?: number
}

const heartbeatTopic = 'gcn.heartbeat'
const usualSilenceMs = 60_000
const closingMs = 2_000
const topicsAgainMs = 600_000
const maxFetchBytes = 16 * 1024 * 1024

/** Notices of NASA's GCN by Kafka: what came while we were away comes when we are back. */
export const gcnKafka = (options: GcnKafkaOptions): AlertSource => new GcnKafka(options)

const inWords = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return inWords(error.errors.at(-1))
  return error instanceof Error ? error.message : `${error}`
}

class GcnKafka implements AlertSource {
  readonly #options: GcnKafkaOptions
  readonly #backOff: BackOff
  readonly #silenceMs: number
  #heardAt = 0
  #status: SourceStatus

  constructor(options: GcnKafkaOptions) {
    this.#options = options
    this.#backOff = new BackOff(options.random)
    this.#silenceMs = options.silenceMs ?? usualSilenceMs
    const name = `GCN Kafka ${this.#broker}`
    this.#status = { name, state: 'connecting', detail: 'connecting', notices: 0, lastHeardAt: null }
  }

  get #broker(): string {
    return this.#options.brokers.map(({ host, port }) => `${host}:${port}`).join(',')
  }

  status(): SourceStatus {
    return this.#status
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options
    while (!signal.aborted) {
      const why = await this.#session(signal).catch(inWords)
      if (signal.aborted) return
      const pauseMs = this.#backOff.next()
      this.#turned('down', `${why}; again in ${(pauseMs / 1000).toFixed(1)} s`)
      await clock.sleepUntil(clock.now() + pauseMs, signal).catch(() => {})
    }
  }

  /** One membership of the group, until something ends it; says what. */
  async #session(signal: AbortSignal): Promise<string> {
    await using closing = new AsyncDisposableStack()
    // Loading it costs 0.7 s of computing, and most observatories have no Kafka.
    const kafka = await import('@platformatic/kafka')
    const consumer = (groupId: string) => {
      const made = this.#consumer(kafka.Consumer, groupId)
      // A connection that is broken already cannot be closed well.
      closing.defer(() => made.close(true).catch(() => {}))
      return made
    }
    const notices = consumer(this.#options.group)
    const wanted = await topicsThere(notices, this.#options.topics)
    if (wanted.length === 0) return 'none of the topics is there'
    const over = new AbortController()
    const ended = AbortSignal.any([signal, over.signal])
    const beats = consumer(`${this.#options.group}-heartbeat`)
    this.#heardAt = this.#options.clock.now()
    this.#turned('up', `${wanted.length} of ${this.#options.topics.length} topics`)
    const streams = [this.#take(notices, wanted, ended), this.#hearBeats(beats, ended)]
    // A stream that is still being opened throws at nobody, ending the program, when its client is closed meanwhile.
    closing.defer(async () => {
      over.abort()
      await Promise.race([Promise.allSettled(streams), setTimeout(closingMs, null, { ref: false })])
    })
    // Awaited here: what was opened is closed only when this is over.
    return await Promise.race([
      ...streams,
      this.#watchSilence(ended),
      this.#watchTopics(notices, wanted.length, ended),
    ])
  }

  #consumer(KafkaConsumer: typeof Consumer, groupId: string): Consumer {
    const { brokers, tls, token } = this.#options
    return new KafkaConsumer({
      clientId: 'noctuary',
      groupId,
      bootstrapBrokers: [...brokers],
      autocommit: false,
      maxBytes: maxFetchBytes,
      // We have a back-off of our own, and it tells of what it does.
      retries: 1,
      ...(tls ? { tls: {} } : {}),
      ...(token ? { sasl: { mechanism: 'OAUTHBEARER', token } } : {}),
    })
  }

  /** Notices one after the other; each is committed once the sink has it. */
  async #take(consumer: Consumer, topics: string[], signal: AbortSignal): Promise<string> {
    const stream = await consumer.consume({ topics, mode: 'committed', fallbackMode: 'earliest' })
    const onAbort = () => void stream.close().catch(() => {})
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    for await (const message of stream) {
      if (signal.aborted) break
      this.#heard()
      await this.#keep(message)
      await message.commit()
      this.#backOff.wentWell()
    }
    return 'the stream ended'
  }

  async #keep({ value, topic, partition, offset }: Message): Promise<void> {
    // A record without a value is a tombstone of the topic, not a notice.
    if (!value || value.length === 0) return
    const { sink, clock } = this.#options
    const source = { kind: 'kafka', broker: this.#broker, topic, partition, offset: `${offset}` } as const
    await sink({ raw: value, source, receivedAt: instantOf(clock.now()) })
    this.#status = { ...this.#status, notices: this.#status.notices + 1 }
  }

  /** From now on only: beats of the past prove nothing. */
  async #hearBeats(consumer: Consumer, signal: AbortSignal): Promise<string> {
    const stream = await consumer.consume({ topics: [heartbeatTopic], mode: 'latest' })
    const onAbort = () => void stream.close().catch(() => {})
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    for await (const _ of stream) this.#heard()
    return 'the heartbeat stream ended'
  }

  async #watchSilence(signal: AbortSignal): Promise<string> {
    const { clock } = this.#options
    const due = () => this.#heardAt + this.#silenceMs
    while (clock.now() < due()) await clock.sleepUntil(due(), signal)
    return `no heartbeat for ${this.#silenceMs / 1000} s`
  }

  /** A topic comes into being with its first notice. */
  async #watchTopics(consumer: Consumer, there: number, signal: AbortSignal): Promise<string> {
    const { clock, topics } = this.#options
    for (;;) {
      await clock.sleepUntil(clock.now() + topicsAgainMs, signal)
      if (there < topics.length && (await topicsThere(consumer, topics)).length > there)
        return 'there is a new topic'
    }
  }

  #heard(): void {
    this.#heardAt = this.#options.clock.now()
    this.#status = { ...this.#status, lastHeardAt: instantOf(this.#heardAt) }
  }

  #turned(state: SourceStatus['state'], detail: string): void {
    if (state !== this.#status.state || state === 'up') this.#options.say?.(`${this.#status.name}: ${detail}`)
    this.#status = { ...this.#status, state, detail }
  }
}
