import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { sendAsAuthor } from '#adapters/vtp/author.ts'
import { vtpAuthorPort } from '#adapters/vtp/author-port.ts'
import type { VtpAddress } from '#adapters/vtp/connect.ts'
import type { NoticeSink } from '#commands/alerts/sources/notice-sink.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { vtpFrame } from '#domain/shared/vtp/framing.ts'
import { noticeLog } from '#test/support/notice-log.ts'
import { smallNotice } from './following.ts'

type Options = { allowed?: string[]; clock?: Clock; through?: (sink: NoticeSink) => NoticeSink }

const opened = async ({
  allowed = ['127.0.0.1'],
  clock = systemClock,
  through = (sink) => sink,
}: Options = {}) => {
  const log = await noticeLog()
  const listening = Promise.withResolvers<VtpAddress>()
  const port = vtpAuthorPort({
    listen: { host: '127.0.0.1', port: 0 },
    allowed,
    ivorn: 'ivo://test.noctuary/broker',
    sink: through(log.sink),
    clock,
    onListening: listening.resolve,
  })
  const stopping = new AbortController()
  const running = port.run(stopping.signal)
  const address = await listening.promise
  onTestFinished(async () => {
    stopping.abort()
    await running
    await log[Symbol.asyncDispose]()
  })
  const send = (raw: Uint8Array) =>
    sendAsAuthor(raw, address, { timeoutMs: 10_000, signal: new AbortController().signal })
  /** Bytes as they are; gives what came back until the port closed. */
  const sendBytes = async (bytes: Uint8Array): Promise<Buffer> => {
    const socket = connect(address).on('error', () => {})
    const back: Buffer[] = []
    socket.on('data', (chunk) => back.push(chunk))
    socket.write(bytes)
    await once(socket, 'close')
    return Buffer.concat(back)
  }
  return { log, port, address, send, sendBytes }
}

describe('the VTP author port', () => {
  it('acknowledges what is durable, under its own name', async () => {
    const { log, send } = await opened()
    expect(await send(smallNotice('1'))).toEqual({ answer: 'ack', by: 'ivo://test.noctuary/broker' })
    expect(await log.kept()).toMatchObject([{ source: { kind: 'vtp-author', address: '127.0.0.1' } }])
  })

  it('acknowledges identical bytes again: an author that got no answer sends them once more', async () => {
    const { log, send } = await opened()
    await send(smallNotice('1'))
    expect(await send(smallNotice('1'))).toMatchObject({ answer: 'ack' })
    expect(await log.kept()).toHaveLength(1)
  })

  it('refuses with the reason what had to be set aside', async () => {
    const { send } = await opened({
      through: (sink) => async (arrival) => ({
        ...(await sink(arrival)),
        outcome: 'quarantined',
        detail: 'role "x" is unknown',
      }),
    })
    expect(await send(smallNotice('1'))).toMatchObject({ answer: 'nak', reason: 'role "x" is unknown' })
  })

  it('answers nothing when the notice could not be kept, so that it is sent again', async () => {
    const { send } = await opened({
      through: () => async () => {
        throw new Error('the log is away')
      },
    })
    expect(await send(smallNotice('1'))).toMatchObject({ answer: 'none' })
  })

  it('keeps what is no XML and closes: there is no ivorn to answer to', async () => {
    const { log, send } = await opened()
    expect(await send(new TextEncoder().encode('no XML'))).toMatchObject({ answer: 'none' })
    expect((await log.kept())[0]?.raw).toBe('no XML')
  })

  it('cuts whoever is not on the list, before reading a byte', async () => {
    const { log, send, port } = await opened({ allowed: ['10.0.0.0/8', '::1'] })
    const answer = await send(smallNotice('1')).catch(() => ({ answer: 'none' }))
    expect(answer).toMatchObject({ answer: 'none' })
    expect(await log.kept()).toEqual([])
    expect(port.status()).toMatchObject({ state: 'up', notices: 0 })
  })

  it('takes one notice per connection', async () => {
    const { log, sendBytes } = await opened()
    await sendBytes(Buffer.concat([vtpFrame(smallNotice('1')), vtpFrame(smallNotice('2'))]))
    expect(await log.kept()).toHaveLength(1)
  })

  it('an empty frame before the notice is passed over', async () => {
    const { sendBytes } = await opened()
    const back = await sendBytes(Buffer.concat([new Uint8Array(4), vtpFrame(smallNotice('1'))]))
    expect(back.toString('latin1')).toContain('role="ack"')
  })

  it('refuses ten megabytes by their length alone', async () => {
    const { log, sendBytes } = await opened()
    const head = Buffer.alloc(4)
    head.writeUInt32BE(10 * 1024 * 1024)
    expect(await sendBytes(head)).toHaveLength(0)
    expect(await log.kept()).toEqual([])
  })

  it('an author that begins and goes silent is cut after 20 s, and others are served meanwhile', async () => {
    const clock = new VirtualClock(Date.UTC(2026, 10, 21))
    const { address, send } = await opened({ clock })
    const silent = connect(address).on('error', () => {})
    const closed = once(silent, 'close')
    silent.resume().write(vtpFrame(smallNotice('1')).subarray(0, 20))
    expect(await send(smallNotice('2'))).toMatchObject({ answer: 'ack' })
    await expect.poll(() => clock.pending()).toBe(2)
    await clock.advanceBy(20_000)
    await closed
  })
})

const hostile = new URL('../../../../shared/fixtures/hostile/', import.meta.url)

describe.skipIf(!existsSync(hostile))('hostile bytes, where the collection lies beside the project', () => {
  it.each([
    ['00-baseline.xml', 'ack'],
    ['01-truncated.xml', 'ack'],
    ['15-internal-entity-in-ivorn.xml', 'ack'],
    ['17-no-namespace.xml', 'ack'],
    ['21-ivorn-path-traversal.xml', 'ack'],
    ['25-role-unknown.xml', 'ack'],
    ['29-latin1-declared.xml', 'ack'],
    ['31-utf8-bom.xml', 'ack'],
    ['53-script-in-description.xml', 'ack'],
    ['55-gzip.xml.gz', 'none'],
  ])('%s is kept as it is and gets %s from the wire; judging it is the reader’s', async (file, answer) => {
    const { log, send } = await opened()
    const raw = readFileSync(new URL(file, hostile))
    expect(await send(raw)).toMatchObject({ answer })
    expect((await log.kept()).map((kept) => kept.raw)).toEqual([raw.toString('latin1')])
  })

  it.each([
    ['05-length-zero-then-event.bin', 1],
    ['07-two-frames-one-connection.bin', 1],
  ])('%s: %d kept', async (file, count) => {
    const { log, sendBytes } = await opened()
    expect((await sendBytes(readFileSync(new URL(file, hostile)))).toString('latin1')).toContain('role="ack"')
    expect(await log.kept()).toHaveLength(count)
  })
})
