import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openPlc, type PlcOptions } from '#adapters/plc/plc-client.ts'
import { PlcReplyInvalid, PlcUnreachable } from '#commands/environment/plc.ts'
import { scriptedPlc, statusDated } from './scripted-plc.ts'

const clientOf = ({ host, port }: { host: string; port: number }, options: Partial<PlcOptions> = {}) => {
  const plc = openPlc({ host, port, timeoutMs: 2_000, ...options })
  onTestFinished(() => plc.close())
  return plc
}

const failure = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'no failure',
    (error: unknown) => error,
  )

const dates = async (asked: Promise<{ source: { date: string } }>) => (await asked).source.date

/** A port that was free a moment ago. */
const deadAddress = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return { host: '127.0.0.1', port: typeof address === 'object' && address ? address.port : 0 }
}

describe('the PLC client', () => {
  it('P1 sends exactly the question, and keeps its connection', async () => {
    const server = await scriptedPlc((socket, n) => socket.write(statusDated(`day ${n}`)))
    const plc = clientOf(server)
    expect(plc.address).toBe(`127.0.0.1:${server.port}`)
    expect(await dates(plc.status())).toBe('day 0')
    expect(await dates(plc.status())).toBe('day 1')
    expect(server.received).toEqual(Array(2).fill('{"command":[{"name":"STATUS"}]}'))
    expect(server.sockets).toHaveLength(1)
  })

  it('connects to nothing before it is asked', async () => {
    const server = await scriptedPlc(() => {})
    clientOf(server).close()
    expect(server.sockets).toHaveLength(0)
  })

  it('A12 reads a reply that comes in many packets', async () => {
    const reply = statusDated('São Pedro Mártir ☂')
    const server = await scriptedPlc((socket) => {
      const send = (rest: Buffer) => {
        if (rest.length > 0) socket.write(rest.subarray(0, 1), () => setImmediate(send, rest.subarray(1)))
      }
      send(Buffer.from(reply))
    })
    expect(await dates(clientOf(server).status())).toBe('São Pedro Mártir ☂')
  })

  it('P14 PLC absent: unreachable at connect, in the words of PYROS', async () => {
    const error = await failure(clientOf(await deadAddress()).status())
    expect(error).toBeInstanceOf(PlcUnreachable)
    expect(error).toMatchObject({
      phase: 'connect',
      message: expect.stringMatching(
        /^FAILED TO CONNECT TO DEVICE PLC \(127\.0\.0\.1:\d+\): Connection refused$/,
      ),
    })
  })

  it('P14 a PLC that hangs: unreachable at reply, in time', async () => {
    const server = await scriptedPlc(() => {})
    const begun = performance.now()
    const error = await failure(clientOf(server, { timeoutMs: 50 }).status())
    const took = performance.now() - begun
    expect(error).toBeInstanceOf(PlcUnreachable)
    expect(error).toMatchObject({
      phase: 'reply',
      message: expect.stringMatching(
        /^Invalid PLC status returned \(while reading\) : NOT_SET .*nothing came within 50 ms/,
      ),
    })
    expect(took).toBeGreaterThanOrEqual(45)
    expect(took).toBeLessThan(1_500)
  })

  it('a late answer never answers the next question', async () => {
    const late = Promise.withResolvers<void>()
    const server = await scriptedPlc((socket, n) => {
      if (n === 0) late.promise.then(() => socket.write(statusDated('late')))
      else socket.write(statusDated('in time'))
    })
    const plc = clientOf(server, { timeoutMs: 50 })
    expect(await failure(plc.status())).toMatchObject({ phase: 'reply' })
    late.resolve()
    expect(await dates(plc.status())).toBe('in time')
    expect(server.sockets).toHaveLength(2)
  })

  it.for([
    ['in the same packet', (socket: Socket) => socket.write(statusDated('asked') + statusDated('unasked'))],
    [
      'in the next packet',
      (socket: Socket) => socket.write(statusDated('asked'), () => socket.write(statusDated('unasked'))),
    ],
    ['half of it', (socket: Socket) => socket.write(`${statusDated('asked')}[{"name"`)],
  ] as const)('what nobody asked for is thrown away: %s', async ([, first]) => {
    const server = await scriptedPlc((socket, n) => {
      if (n === 0) first(socket)
      else socket.write(statusDated('the second'))
    })
    const plc = clientOf(server)
    expect(await dates(plc.status())).toBe('asked')
    expect(await dates(plc.status())).toBe('the second')
  })

  it('a line end after the reply costs no connection', async () => {
    const server = await scriptedPlc((socket, n) => socket.write(`${statusDated(`day ${n}`)}\r\n`))
    const plc = clientOf(server)
    for (const day of ['day 0', 'day 1', 'day 2']) expect(await dates(plc.status())).toBe(day)
    expect(server.sockets).toHaveLength(1)
  })

  it('P5 half a reply and then silence is a bad reply, kept as it came', async () => {
    const half = statusDated('2017').slice(0, 40)
    const server = await scriptedPlc((socket) => socket.write(half))
    const error = await failure(clientOf(server, { timeoutMs: 50 }).status())
    expect(error).toBeInstanceOf(PlcReplyInvalid)
    expect(error).toMatchObject({ reason: 'INVALID_JSON', raw: half, rawBytes: 40 })
  })

  it('P5 half a reply and then the end of the connection, too', async () => {
    const server = await scriptedPlc((socket) => socket.end('[{"name":"STATUS"'))
    expect(await failure(clientOf(server).status())).toMatchObject({
      reason: 'INVALID_JSON',
      raw: '[{"name":"STATUS"',
      message: expect.stringContaining('17 bytes and no end of it: the connection was closed'),
    })
  })

  it.for([
    ['a closed connection', (socket: Socket) => socket.end(), 'the connection was closed'],
    ['a reset', (socket: Socket) => socket.resetAndDestroy(), 'Connection reset by peer'],
  ] as const)('P14 %s instead of a reply is unreachable at reply', async ([, act, cause]) => {
    const error = await failure(clientOf(await scriptedPlc(act)).status())
    expect(error).toBeInstanceOf(PlcUnreachable)
    expect(error).toMatchObject({ phase: 'reply', message: expect.stringContaining(cause) })
  })

  it.for([
    ['INVALID_JSON', '[ "name": "STATUS", "device": [] ]', 'Expected'],
    ['INVALID_JSON', 'NOT_SET', 'neither [ nor {'],
    ['WRONG_SHAPE', '{"name":"STATUS"}', 'the reply: '],
    ['WRONG_SHAPE', '[]', 'the reply: '],
    ['WRONG_SHAPE', '[{"name":"ERROR","device":[]}]', '0.name: '],
    ['WRONG_SHAPE', '[{"name":"STATUS"}]', '0.device: '],
    ['WRONG_SHAPE', '[{"name":"STATUS","device":[{"values":[]}]}]', '0.device.0.name: '],
  ] as const)('P5 %s: %s', async ([reason, reply, detail]) => {
    const server = await scriptedPlc((socket, n) => socket.write(n === 0 ? reply : statusDated('well again')))
    const plc = clientOf(server)
    const error = await failure(plc.status())
    expect(error).toBeInstanceOf(PlcReplyInvalid)
    expect(error).toMatchObject({ reason, raw: reply, rawBytes: reply.length })
    expect(error).toMatchObject({ message: expect.stringContaining(`(while reading) : `) })
    expect(error).toMatchObject({ message: expect.stringContaining(detail) })
    expect(await dates(plc.status())).toBe('well again')
    expect(server.sockets).toHaveLength(2)
  })

  it('TOO_LARGE beyond its limit, with the beginning kept', async () => {
    const server = await scriptedPlc((socket) => socket.write(`["${'é'.repeat(60_000)}`))
    const error = await failure(clientOf(server, { maxReplyBytes: 50_000 }).status())
    expect(error).toMatchObject({ reason: 'TOO_LARGE', raw: `["${'é'.repeat(2_046)}` })
    expect(error).toHaveProperty(
      'rawBytes',
      expect.toSatisfy((bytes: number) => bytes > 50_000),
    )
  })

  it('asks one question at a time: the second waits for its turn', async () => {
    const answer: (() => void)[] = []
    const server = await scriptedPlc((socket, n) => {
      answer.push(() => socket.write(statusDated(`day ${n}`)))
      if (n === 0) queueMicrotask(() => answer[0]?.())
      else answer[n]?.()
    })
    const plc = clientOf(server)
    const asked = [plc.status(), plc.status(), plc.status()]
    expect(await Promise.all(asked.map(dates))).toEqual(['day 0', 'day 1', 'day 2'])
    expect(server.received).toHaveLength(3)
    expect(server.sockets).toHaveLength(1)
  })

  it('a question that fails does not fail the one after it', async () => {
    const server = await scriptedPlc((socket, n) => socket.write(n === 0 ? '{}' : statusDated('fine')))
    const plc = clientOf(server)
    const [first, second] = [failure(plc.status()), dates(plc.status())]
    expect(await first).toBeInstanceOf(PlcReplyInvalid)
    expect(await second).toBe('fine')
  })

  it('an aborted question rejects with the reason, and the next one is asked anew', async () => {
    const asking = new AbortController()
    const server = await scriptedPlc((socket, n) => {
      if (n === 0) asking.abort(new Error('shutting down'))
      else socket.write(statusDated('after'))
    })
    const plc = clientOf(server)
    await expect(plc.status(asking.signal)).rejects.toThrow('shutting down')
    await expect(plc.status(asking.signal)).rejects.toThrow('shutting down')
    expect(await dates(plc.status())).toBe('after')
  })

  it('finds out that its connection was closed between two questions, and makes another', async () => {
    const server = await scriptedPlc((socket, n) => socket.end(statusDated(`day ${n}`)))
    const plc = clientOf(server)
    expect(await dates(plc.status())).toBe('day 0')
    // The server's side is closed once the client has closed its own.
    for (const socket of server.sockets) if (!socket.closed) await once(socket, 'close')
    expect(await dates(plc.status())).toBe('day 1')
    expect(server.sockets).toHaveLength(2)
  })

  it('P14 a connection that is reset as soon as it is made is unreachable, whichever way it shows', async () => {
    const server = await scriptedPlc(
      () => {},
      (socket) => socket.resetAndDestroy(),
    )
    expect(await failure(clientOf(server).status())).toBeInstanceOf(PlcUnreachable)
  })

  it('close() fails the question that is being asked, and every later one', async () => {
    const server = await scriptedPlc(() => plc.close())
    const plc = clientOf(server)
    expect(await failure(plc.status())).toMatchObject({
      message: expect.stringContaining('the client was closed'),
    })
    expect(await failure(plc.status())).toBeInstanceOf(PlcUnreachable)
    expect(server.sockets).toHaveLength(1)
  })
})
