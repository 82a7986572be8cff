import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { chained, chainStart, eventHash, rootOf, type StoredEvent } from '#domain/night/hash-chain.ts'

const event: StoredEvent = {
  id: '1e9f3b8e-6c1c-5e0a-8f2e-2b8a51b7a001',
  type: 'LampLit',
  stream: 'device-lamp-2026-11-20',
  revision: 12n,
  contentType: 'application/json',
  metadata: { site: 'osm', night: '2026-11-20' },
  data: { volts: 12.5, name: 'Öl' },
}

const sha = (...parts: (string | Uint8Array)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

// Written out by hand: these bytes may never change, or no old seal can be checked.
const text =
  '{"contentType":"application/json","data":{"name":"Öl","volts":12.5},"id":"1e9f3b8e-6c1c-5e0a-8f2e-2b8a51b7a001",' +
  '"metadata":{"night":"2026-11-20","site":"osm"},"revision":"12","stream":"device-lamp-2026-11-20","type":"LampLit"}'

describe('the hashes of a night', () => {
  it('are of the canonical text of an event', () => expect(eventHash(event)).toEqual(sha(text)))

  it('do not know the order of keys', () =>
    expect(eventHash({ ...event, data: { name: 'Öl', volts: 12.5 } })).toEqual(eventHash(event)))

  it.each([
    ['id', { id: '1e9f3b8e-6c1c-5e0a-8f2e-2b8a51b7a002' }],
    ['type', { type: 'LampPutOut' }],
    ['stream', { stream: 'device-lamp-2026-11-21' }],
    ['revision', { revision: 13n }],
    ['content type', { contentType: 'application/octet-stream' as const }],
    ['metadata', { metadata: { site: 'osm', night: '2026-11-20', simulated: true } }],
    ['data', { data: { volts: 12.5, name: 'Ol' } }],
  ])('change with the %s', (_, change) =>
    expect(eventHash({ ...event, ...change })).not.toEqual(eventHash(event)),
  )

  it('are chained from 32 zero bytes', () =>
    expect(chained(chainStart, eventHash(event))).toEqual(sha(new Uint8Array(32), sha(text))))

  it('give a root over the streams by name, whatever order they are told in', () => {
    const hash = 'ab'.repeat(32)
    const streams = ['b-1', 'a-1'].map((stream, i) => ({
      stream,
      count: 2,
      firstRevision: i,
      lastRevision: i + 1,
      hash,
    }))
    const written =
      `{"algorithm":"noctuary-night-1","night":"2026-11-20","site":"osm","streams":[` +
      `{"count":2,"firstRevision":1,"hash":"${hash}","lastRevision":2,"stream":"a-1"},` +
      `{"count":2,"firstRevision":0,"hash":"${hash}","lastRevision":1,"stream":"b-1"}]}`
    expect(rootOf('osm', '2026-11-20', streams)).toBe(sha(written).toString('hex'))
    expect(rootOf('osm', '2026-11-20', streams.toReversed())).toBe(sha(written).toString('hex'))
  })
})
