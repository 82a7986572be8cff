import { describe, expect, it } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { freePort } from '#adapters/postgres/embedded/free-port.ts'
import { readNotice } from '#adapters/read-notice.ts'
import { vtpSubscriber } from '#adapters/vtp/subscriber.ts'
import { readConfig } from '#api/config.ts'
import { startAlertPublisher } from '#api/parts/alert-publisher.ts'
import { startAlertChain } from '#test/support/alert-chain.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { noticeLog } from '#test/support/notice-log.ts'
import { folderSource } from '#test/support/notices.ts'

const at = '2026-11-21T04:00:35.000Z'

describe('our own broker', () => {
  it('lets a standard subscriber follow what we do about an alert, from the request to its withdrawal', {
    timeout: 60_000,
  }, async () => {
    await using log = await freshEventStore()
    await using chain = await startAlertChain(log.store, at)
    // What was there before is known, and not sent.
    await chain.send('ep-wxt.json')
    await chain.event('RequestSubmitted')
    const port = await freePort()
    const config = readConfig({ ALERT_IVORN: 'ivo://test.noctuary/alerts' })
    const publisher = await startAlertPublisher({
      config,
      port,
      store: log.store,
      clock: systemClock,
      say: () => {},
    })
    await using received = await noticeLog()
    const leaving = new AbortController()
    const subscriber = vtpSubscriber({
      broker: { host: '127.0.0.1', port },
      ivorn: 'ivo://test.noctuary/subscriber',
      sink: received.sink,
      clock: systemClock,
      random: () => 0.01,
      say: () => {},
    })
    const following = subscriber.run(leaving.signal)
    await expect.poll(() => publisher.status().detail, { timeout: 20_000 }).toContain('1 subscribers')

    const { name } = await chain.send('swift-bat.xml')
    await received.until(1)
    await chain.send('swift-xrt.xml')
    await received.until(2)
    await chain.send('swift-not-a-burst.xml')
    await received.until(3)

    const packets = (await received.kept()).map(({ raw }) => {
      const reading = readNotice(Buffer.from(raw, 'latin1'), folderSource('ours.xml'))
      if (reading.outcome === 'quarantined') throw new Error(reading.detail)
      return reading.notice
    })
    const ours = 'ivo://test.noctuary/alerts#alert-swift-1300001'
    expect(packets.map((packet) => packet.name.replace(/-\d+$/, '-n'))).toEqual([
      `${ours}-planned`,
      `${ours}-planned-n`,
      `${ours}-withdrawn`,
    ])
    expect(packets[0]?.citations).toContainEqual({ cite: 'followup', name })
    expect(packets[1]?.citations).toContainEqual({ cite: 'supersedes', name: `${ours}-planned` })
    expect(packets[2]?.citations).toEqual([{ cite: 'retraction', name: `${ours}-planned` }])
    leaving.abort()
    await following
    await publisher.stop()
  })
})
