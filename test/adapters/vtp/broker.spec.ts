import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { VtpPublisher } from '#adapters/vtp/broker.ts'
import { vtpSubscriber } from '#adapters/vtp/subscriber.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { readVtpDocument } from '#domain/shared/vtp/document.ts'
import { VtpFraming } from '#domain/shared/vtp/framing.ts'
import { noticeLog } from '#test/support/notice-log.ts'
import { smallNotice } from './following.ts'

const publishing = async ({
  clock = systemClock,
  allowed = ['127.0.0.1'],
}: {
  clock?: Clock
  allowed?: string[]
} = {}) => {
  const said: string[] = []
  const broker = new VtpPublisher({
    listen: { host: '127.0.0.1', port: 0 },
    allowed,
    ivorn: 'ivo://test.noctuary/publisher',
    clock,
    say: (line) => said.push(line),
  })
  const address = await broker.listen()
  onTestFinished(() => broker.close())
  const follow = async () => {
    const log = await noticeLog()
    const subscriber = vtpSubscriber({
      broker: address,
      ivorn: 'ivo://test.noctuary/subscriber',
      sink: log.sink,
      clock,
      random: () => 0.01,
    })
    const stopping = new AbortController()
    const running = subscriber.run(stopping.signal)
    onTestFinished(async () => {
      stopping.abort()
      await running
      await log[Symbol.asyncDispose]()
    })
    return { log, subscriber }
  }
  return { broker, address, follow, said }
}

describe('our own VTP broker', () => {
  it('sends what we publish to every subscriber, byte for byte', async () => {
    const { broker, follow } = await publishing()
    const followers = [await follow(), await follow()]
    await expect.poll(() => broker.subscribers).toBe(2)
    broker.publish(smallNotice('ours'))
    for (const { log } of followers) {
      await log.until(1)
      expect((await log.kept())[0]?.raw).toBe(Buffer.from(smallNotice('ours')).toString('latin1'))
    }
  })

  it('sends an iamalive every minute, and cuts who leaves one unanswered', async () => {
    const clock = new VirtualClock(Date.UTC(2026, 10, 21))
    const { broker, address, follow, said } = await publishing({ clock })
    await follow()
    const mute = connect(address).on('error', () => {})
    const framing = new VtpFraming(100_000)
    const roles: string[] = []
    mute.on('data', (chunk) => {
      for (const payload of framing.push(chunk).payloads) {
        const document = readVtpDocument(payload)
        roles.push(document.kind === 'transport' ? document.role : document.kind)
      }
    })
    await expect.poll(() => broker.subscribers).toBe(2)
    const closed = once(mute, 'close')
    await clock.advanceBy(60_000)
    await expect.poll(() => roles).toEqual(['iamalive'])
    await expect.poll(() => broker.silentSubscribers).toBe(1)
    await clock.advanceBy(60_000)
    await closed
    await expect.poll(() => broker.subscribers).toBe(1)
    expect(said).toEqual(['subscriber 127.0.0.1 is gone: it left an iamalive unanswered'])
  })

  it('K8 a subscriber that reads nothing is cut alone', async () => {
    const { broker, address, follow } = await publishing()
    const { log } = await follow()
    const slow = connect(address).on('error', () => {})
    slow.pause()
    await expect.poll(() => broker.subscribers).toBe(2)
    const padding = ' '.repeat(90_000)
    let sent = 0
    while (broker.subscribers === 2 && sent < 500) {
      sent += 1
      broker.publish(Buffer.concat([smallNotice(`${sent}`), Buffer.from(padding)]))
      await log.until(sent)
    }
    expect(broker.subscribers).toBe(1)
    broker.publish(smallNotice('after'))
    await log.until(sent + 1)
    slow.destroy()
  })

  it('cuts whoever is not on the list', async () => {
    const { broker, address } = await publishing({ allowed: ['10.0.0.0/8'] })
    const stranger = connect(address).on('error', () => {})
    stranger.resume()
    await once(stranger, 'close')
    expect(broker.subscribers).toBe(0)
  })
})
