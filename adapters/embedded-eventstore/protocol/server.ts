import { createServer as createHttp1 } from 'node:http'
import { constants, createServer as createHttp2, type ServerHttp2Session } from 'node:http2'
import net from 'node:net'
import { errorCode, LogUnusable } from '../log/errors.ts'
import { Call, type CallKind } from './call.ts'
import { GrpcError, grpcStatus } from './grpc-error.ts'

export type Method = { kind: CallKind; handle: (call: Call) => void | Promise<void> }

/** Methods by path, such as `/event_store.client.streams.Streams/Read`. */
export type Methods = ReadonlyMap<string, Method>

export type GrpcServer = { port: number; close(): Promise<void> }

const pingEveryMs = 10_000
const patience = 3
const http1Request = /^[A-Z]{3,7} /

const http1 = () =>
  createHttp1((request, response) => {
    const path = request.url?.split('?')[0]
    if (request.method === 'GET' && path === '/ping') {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ msgTypeId: 0, text: 'Ping request successfully handled' }))
    } else if (request.method === 'GET' && path === '/health/live') {
      response.writeHead(204).end()
    } else {
      response.writeHead(404, 'Not Found').end()
    }
  })

/** Cuts clients that no longer answer; one that only computes, or sleeps with its laptop, has half a minute. */
const keepAlive = (session: ServerHttp2Session): void => {
  let unanswered = 0
  const timer = setInterval(() => {
    if (session.destroyed) return
    if (unanswered === patience) {
      session.destroy()
      return
    }
    unanswered++
    session.ping((error) => {
      if (error === null) unanswered = 0
    })
  }, pingEveryMs)
  timer.unref()
  session.once('close', () => clearInterval(timer))
}

// Async, so that what a handler throws at once is caught like what it throws later.
const handle = async (method: Method, call: Call): Promise<void> => method.handle(call)

const http2 = (methods: Methods, calls: Set<Call>, sessions: Set<ServerHttp2Session>) => {
  const server = createHttp2({
    settings: { maxConcurrentStreams: 2 ** 31 - 1, initialWindowSize: 1024 * 1024 },
    // A client that cancels many reads is not an attack on an embedded store.
    streamResetBurst: 1_000_000,
    streamResetRate: 100_000,
    maxSessionMemory: 256,
  })
  server.on('session', (session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
    session.setLocalWindowSize(4 * 1024 * 1024)
    session.on('error', () => {})
    keepAlive(session)
  })
  server.on('stream', (stream, headers) => {
    const method = methods.get(headers[':path'] ?? '')
    const call = new Call(stream, headers, method?.kind ?? 'unary')
    calls.add(call)
    call.onClose(() => calls.delete(call))
    if (!method) {
      stream.resume()
      call.fail(new GrpcError(grpcStatus.unimplemented, `Method ${headers[':path']} is not implemented.`))
      return
    }
    handle(method, call).catch((error: unknown) => call.fail(error))
  })
  server.on('sessionError', () => {})
  return server
}

/** HTTP/2 with prior knowledge and HTTP/1.1 on one port, told apart by the first bytes. */
export const listen = async (methods: Methods, port: number): Promise<GrpcServer> => {
  const calls = new Set<Call>()
  const sessions = new Set<ServerHttp2Session>()
  const sockets = new Set<net.Socket>()
  const old = http1()
  const current = http2(methods, calls, sessions)
  const server = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.once('data', (first) => {
      socket.pause()
      socket.unshift(first)
      const isHttp1 =
        http1Request.test(first.toString('latin1', 0, 8)) && !first.toString('latin1', 0, 3).startsWith('PRI')
      const target = isHttp1 ? old : current
      target.emit('connection', socket)
      if (isHttp1) socket.resume()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portTrouble(error, port)))
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const call of calls) call.stop()
      await Promise.all([...sessions].map(endSession))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

const graceMs = 500

/** Lets statuses and resets that are on their way go out first. */
const endSession = (session: ServerHttp2Session): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => session.destroy(undefined, constants.NGHTTP2_CANCEL), graceMs)
    session.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    session.close()
  })

const portTrouble = (error: Error, port: number): Error =>
  errorCode(error) === 'EADDRINUSE' ? new LogUnusable(`port ${port} is taken by another program`) : error
