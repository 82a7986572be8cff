import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2'
import { Fields } from '#adapters/embedded-eventstore/protocol/fields.ts'
import { Message } from '#adapters/embedded-eventstore/protocol/message.ts'
import { MessageReader } from '#adapters/embedded-eventstore/protocol/message-reader.ts'
import { type Address, parseAddress } from './address.ts'

const leader = 8

/** An RPC that ended with a status other than OK. */
export class CallFailed extends Error {
  override name = 'CallFailed'
  readonly status: number
  readonly exception: string

  constructor(path: string, status: number, message: string, exception: string) {
    super(`${path.split('/').at(-1)} failed with status ${status}: ${message}`)
    this.status = status
    this.exception = exception
  }
}

/** A bare gRPC connection: it hands events over as the bytes they are, where the client would parse and rewrite them. */
export class Connection {
  readonly #session: ClientHttp2Session
  readonly #address: Address

  constructor(session: ClientHttp2Session, address: Address) {
    this.#session = session
    this.#address = address
  }

  /** Opens a call; the request side stays open for the caller to write frames to. */
  open(path: string): ClientHttp2Stream {
    const { authorization } = this.#address
    return this.#session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      'requires-leader': 'true',
      ...(authorization ? { authorization } : {}),
    })
  }

  /** Sends one message and gives the answers, as many as there are. */
  async *call(path: string, request: Message): AsyncGenerator<Buffer> {
    const stream = this.open(path)
    stream.end(request.framed())
    yield* answersOf(stream, path)
  }

  async unary(path: string, request: Message): Promise<Buffer> {
    let answer = Buffer.alloc(0)
    for await (const message of this.call(path, request)) answer = Buffer.from(message)
    return answer
  }

  close(): void {
    this.#session.destroy()
  }
}

/** The messages of a call, then its error if it has one. Reading slowly holds the server back. */
export async function* answersOf(stream: ClientHttp2Stream, path: string): AsyncGenerator<Buffer> {
  const ending = endingOf(stream)
  const ready: Buffer[] = []
  const reader = new MessageReader((message) => ready.push(message))
  try {
    for await (const chunk of stream) {
      reader.push(chunk)
      yield* ready.splice(0)
    }
  } finally {
    stream.destroy()
  }
  const headers = await ending
  const status = Number(headers['grpc-status'] ?? 2)
  if (status === 0) return
  const message = decodeURIComponent(`${headers['grpc-message'] ?? ''}`)
  throw new CallFailed(path, status, message, `${headers['exception'] ?? ''}`)
}

const endingOf = (stream: ClientHttp2Stream): Promise<Record<string, unknown>> =>
  new Promise((resolve) => {
    // A call that fails at once has its status among the headers.
    stream.once('response', (headers) => headers['grpc-status'] !== undefined && resolve(headers))
    stream.once('trailers', resolve)
    stream.once('close', () => resolve({}))
  })

/** Connects to the node an address leads to; of a cluster, to its leader. */
export const connectTo = async (url: string): Promise<Connection> => {
  const address = parseAddress(url)
  if (!address.discover) return connectHost(address, address.hosts[0] ?? '')
  const failures: string[] = []
  for (const host of address.hosts) {
    try {
      const seed = await connectHost(address, host)
      const found = await leaderOf(seed)
      seed.close()
      return await connectHost(address, found)
    } catch (error) {
      failures.push(`${host}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  throw new Error(`no leader was found (${failures.join('; ')})`)
}

const connectHost = (address: Address, host: string): Promise<Connection> =>
  new Promise((resolve, reject) => {
    const session = connect(`${address.tls ? 'https' : 'http'}://${host}`, {
      rejectUnauthorized: address.verifyCertificate,
      settings: { initialWindowSize: 4 * 1024 * 1024 },
      ...(address.certificateAuthority ? { ca: address.certificateAuthority } : {}),
    })
    session.once('error', reject)
    session.once('connect', () => {
      session.setLocalWindowSize(8 * 1024 * 1024)
      // From here on an error ends the calls that are under way, which say so themselves.
      session.on('error', () => {})
      resolve(new Connection(session, address))
    })
  })

const leaderOf = async (seed: Connection): Promise<string> => {
  const cluster = new Fields(await seed.unary('/event_store.client.gossip.Gossip/Read', new Message()))
  while (cluster.next()) {
    const member = cluster.message()
    let state = 0
    let endPoint = ''
    while (member.next()) {
      if (member.no === 3) state = member.number
      else if (member.no === 5) endPoint = parseEndPoint(member.message())
    }
    if (state === leader) return endPoint
  }
  throw new Error('the cluster has no leader')
}

const parseEndPoint = (fields: Fields): string => {
  let host = ''
  let port = 0
  while (fields.next()) {
    if (fields.no === 1) host = fields.text()
    else port = fields.number
  }
  return `${host}:${port}`
}
