import type { Socket } from 'node:net'
import { answers } from './kafka/answers.ts'
import { answerFetch } from './kafka/fetch.ts'
import { KafkaState } from './kafka/state.ts'
import { KafkaReader, KafkaWriter } from './kafka/wire.ts'
import { type TcpAddress, TcpServer } from './tcp-server.ts'

export type KafkaBrokerOptions = {
  /** For how many milliseconds a token is good; null when it is not. Without it nobody is asked for one. */
  readonly accept?: (token: string) => number | null
}

type Session = { authenticated: boolean; mechanism: string }

const api = { fetch: 1, saslHandshake: 17, apiVersions: 18, saslAuthenticate: 36 } as const
const authenticationFailed = 58
const mechanismUnknown = 33

/**
 * One node of Kafka as far as a consumer sees it: topics of one partition, groups of one member, SASL OAUTHBEARER,
 * record batches of format 2 without compression. What it keeps outlives its listener.
 */
export class KafkaBroker {
  readonly state = new KafkaState()
  authentications = 0
  readonly #accept: ((token: string) => number | null) | undefined
  readonly #server = new TcpServer((socket) => this.#welcome(socket))

  constructor({ accept }: KafkaBrokerOptions = {}) {
    this.#accept = accept
  }

  async listen({ port, host = '127.0.0.1' }: { port: number; host?: string }): Promise<TcpAddress> {
    this.state.address = await this.#server.open({ host, port })
    return this.state.address
  }

  /** Drops all connections and frees the port. */
  async close(): Promise<void> {
    await this.#server.close()
    this.state.changed()
  }

  createTopic(name: string): void {
    this.state.topics.set(name, [])
  }

  produce(topic: string, value: Uint8Array): void {
    this.state.topics.get(topic)?.push(value)
    this.state.changed()
  }

  committed(group: string, topic: string): bigint | undefined {
    return this.state.group(group).committed.get(topic)
  }

  #welcome(socket: Socket): void {
    const session = { authenticated: this.#accept === undefined, mechanism: '' }
    let buffered = Buffer.alloc(0)
    socket.on('data', (chunk) => {
      buffered = Buffer.concat([buffered, chunk])
      while (buffered.length >= 4 && buffered.length >= 4 + buffered.readInt32BE(0)) {
        const end = 4 + buffered.readInt32BE(0)
        void this.#answer(buffered.subarray(4, end), socket, session)
        buffered = buffered.subarray(end)
      }
    })
  }

  async #answer(request: Buffer, socket: Socket, session: Session): Promise<void> {
    const reader = new KafkaReader(request)
    const [key, version, correlation] = [reader.int16(), reader.int16(), reader.int32()]
    reader.string()
    const answer = await this.#answerTo(key, version, reader, session)
    if (!answer) socket.destroy()
    else if (socket.writable)
      socket.write(
        new KafkaWriter().bytes(new KafkaWriter().int32(correlation).raw(answer.whole).whole).whole,
      )
  }

  async #answerTo(
    key: number,
    version: number,
    reader: KafkaReader,
    session: Session,
  ): Promise<KafkaWriter | null> {
    if (key === api.saslHandshake) return this.#handshake(reader, session)
    if (key === api.saslAuthenticate) return this.#authenticate(reader, session)
    if (!session.authenticated && key !== api.apiVersions) return null
    if (key === api.fetch) return answerFetch(reader, this.state)
    return answers[key]?.({ version, reader, state: this.state }) ?? null
  }

  #handshake(reader: KafkaReader, session: Session): KafkaWriter {
    session.mechanism = reader.string()
    const writer = new KafkaWriter().int16(session.mechanism === 'OAUTHBEARER' ? 0 : mechanismUnknown)
    return writer.array(['OAUTHBEARER'], (mechanism) => writer.string(mechanism))
  }

  #authenticate(reader: KafkaReader, session: Session): KafkaWriter {
    const token = /auth=Bearer ([\x21-\x7e]*)/.exec(reader.bytes().toString())?.[1] ?? ''
    const lifetimeMs = this.#accept ? this.#accept(token) : 0
    session.authenticated = lifetimeMs !== null
    this.authentications += 1
    this.state.changed()
    const writer = new KafkaWriter().int16(lifetimeMs === null ? authenticationFailed : 0)
    writer.string(lifetimeMs === null ? 'the token is not good' : null).bytes(Buffer.alloc(0))
    return writer.int64(BigInt(lifetimeMs ?? 0))
  }
}
