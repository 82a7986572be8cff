import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { payloadFolder } from '#adapters/payload-folder.ts'
import { readNotice } from '#adapters/read-notice.ts'
import { makeReceiveNotice, type ReceiveNotice } from '#commands/alerts/receive-notice.ts'
import { noticeStream } from '#domain/alerts/streams.ts'
import { sha256 } from '#domain/shared/hash.ts'
import { sanPedroMartir as site } from '#domain/shared/site.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { logOf } from '#test/support/log-of.ts'
import { folderSource, noticeBytes } from '#test/support/notices.ts'
import { type TestFolder, testFolder } from '#test/support/test-folder.ts'

let log: FreshEventStore
let folder: TestFolder
let receive: ReceiveNotice
beforeAll(async () => {
  log = await freshEventStore()
  folder = await testFolder()
  receive = makeReceiveNotice({
    store: log.store,
    read: readNotice,
    payloads: payloadFolder(folder.path),
    site,
  })
})
afterAll(async () => {
  await log[Symbol.asyncDispose]()
  await folder.remove()
})

const incoming = (raw: Uint8Array | string, receivedAt = '2026-11-21T04:00:35.000Z') => ({
  raw: typeof raw === 'string' ? new TextEncoder().encode(raw) : raw,
  source: { kind: 'vtp', broker: '127.0.0.1:8099' } as const,
  receivedAt,
})
const text = (file: string) => new TextDecoder().decode(noticeBytes(file))
const trail = async (name: string) => logOf(log.store, noticeStream(name))
const typesOf = async (name: string) => (await trail(name)).map(({ type }) => type)

describe('taking a notice in', () => {
  it('keeps the bytes as they came, and says where they are', async () => {
    const raw = noticeBytes('svom-grm.xml')
    const { outcome, name, eventId, position } = await receive(incoming(raw))
    const [received, read] = await trail(name)
    expect(outcome).toBe('recorded')
    expect(received).toMatchObject({ id: eventId, type: 'NoticeReceived' })
    expect(received?.data).toMatchObject({ payload: { kept: 'text', text: text('svom-grm.xml') } })
    expect(read).toMatchObject({ type: 'NoticeRead', position, metadata: { causationId: eventId } })
  })

  it('a notice from two brokers at one moment is one event', async () => {
    const raw = noticeBytes('svom-eclairs.xml')
    const receipts = await Promise.all(Array.from({ length: 8 }, () => receive(incoming(raw))))
    expect(new Set(receipts.map(({ eventId }) => eventId)).size).toBe(1)
    expect(await typesOf(receipts[0]?.name ?? '')).toEqual(['NoticeReceived', 'NoticeRead'])
  })

  it('the same content with other blanks is no news', async () => {
    await receive(incoming(text('swift-bat.xml')))
    const again = await receive(incoming(text('swift-bat.xml').replaceAll('\n', '\n  ')))
    expect(again.outcome).toBe('duplicate')
  })

  it('another content under the same name is on record, once, and the first stays', async () => {
    const other = text('swift-xrt.xml').replace('50.1125', '190.5')
    const first = await receive(incoming(text('swift-xrt.xml')))
    const conflict = await receive(incoming(other))
    const again = await receive(incoming(other))
    expect([first.outcome, conflict.outcome, again.outcome]).toEqual(['recorded', 'conflict', 'conflict'])
    expect(again.eventId).toBe(conflict.eventId)
    const events = await trail(first.name)
    expect(events.map(({ type }) => type)).toEqual(['NoticeReceived', 'NoticeRead', 'NoticeConflicted'])
    expect(events[2]?.data).toMatchObject({
      differs: [{ path: 'place.raDeg', first: '50.1125', other: '190.5' }],
    })
  })

  it('two contents under one name at one moment are one notice and one conflict', async () => {
    const one = text('icecube-gold-rev0.xml')
    const outcomes = await Promise.all([
      receive(incoming(one)),
      receive(incoming(one.replace('40.0', '41.0'))),
    ])
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['conflict', 'recorded'])
  })

  it('P34 what cannot be read is kept too, and the next notice is read', async () => {
    const broken = await receive(incoming(new Uint8Array([0xff, 0xfe, 0x00])))
    expect(broken).toMatchObject({ outcome: 'quarantined', detail: 'the bytes are not UTF-8' })
    const [received, set] = await trail(broken.name)
    expect(received?.data).toMatchObject({ payload: { kept: 'base64', base64: '//4A' } })
    expect(set).toMatchObject({ type: 'NoticeQuarantined', data: { reason: 'not-utf8' } })
    expect((await receive(incoming(noticeBytes('svom-mxt.xml')))).outcome).toBe('recorded')
  })

  it('a notice too large for an event has its bytes on disk before it is on record', async () => {
    const skymap = 'A'.repeat(2_300_000)
    const raw = new TextEncoder().encode(
      text('igwn-initial.json').replace('"U0lNUExF"', JSON.stringify(skymap)),
    )
    const { name, outcome } = await receive(incoming(raw))
    expect(outcome).toBe('recorded')
    const [received] = await trail(name)
    expect(received?.data).toMatchObject({ payload: { kept: 'apart' }, bytes: raw.length })
    const hash = sha256(raw).toString('hex')
    const kept = await readFile(path.join(folder.path, hash.slice(0, 2), hash))
    expect(kept.equals(raw)).toBe(true)
  })

  it('a reader that fails costs nothing but the reading', async () => {
    const failing = makeReceiveNotice({
      store: log.store,
      read: () => {
        throw new Error('the reader broke')
      },
      payloads: payloadFolder(folder.path),
      site,
    })
    const { outcome, detail } = await failing({ ...incoming('<x/>'), source: folderSource('x.xml') })
    expect([outcome, detail]).toEqual(['quarantined', 'Error: the reader broke'])
  })
})
