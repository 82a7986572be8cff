import { fc, test } from '@fast-check/vitest'
import { XmlDocument, XmlElement } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { readNotice } from '#adapters/read-notice.ts'
import {
  announcementOf,
  isFollowed,
  nothingAnnounced,
  withEvent,
} from '#domain/alerts/publish/announcements.ts'
import { type VoEventPacket, voEventXml } from '#domain/alerts/publish/voevent.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { sampleAlerts } from '#test/support/sample-alerts.ts'

const publisher = { ivorn: 'ivo://test.noctuary/alerts', author: 'Test & Co' }

const announced = (events: readonly Recorded[]): VoEventPacket[] => {
  let state = nothingAnnounced
  return events.filter(isFollowed).flatMap((event) => {
    state = withEvent(state, event)
    const packet = announcementOf(state, event, publisher)
    return packet ? [packet] : []
  })
}

/** The first request that an alert made, and its observation afterwards. */
const observedAlert = (simulated: boolean): Recorded[] => {
  const events = sampleAlerts()
  const made = events.find((event) => isFollowed(event) && event.type === 'AlertRequestMade')
  if (!made || !isFollowed(made) || made.type !== 'AlertRequestMade') throw new Error('no request was made')
  const finished = {
    ...made,
    type: 'ObservationFinished',
    data: {
      sequenceId: made.data.content.sequences[0]?.id,
      requestId: made.data.requestId,
      attempt: 1,
      imagesTaken: 12,
      imagesExpected: 12,
      openShutterS: 360.5,
    },
    metadata: { ...made.metadata, ...(simulated ? { simulated: true as const } : {}) },
  }
  return [...events.slice(0, events.indexOf(made) + 1), finished]
}

const schemaOrder = ['Who', 'What', 'WhereWhen', 'Citations']

/** What the schema of VOEvent 2.0 asks of a packet like ours, checked on the parsed document. */
const expectValid = (xml: string) => {
  const document = XmlDocument.fromString(xml)
  const { root } = document
  const namespaces = { v: 'http://www.ivoa.net/xml/VOEvent/v2.0' }
  expect(document.get('/v:VOEvent', namespaces)).not.toBeNull()
  expect(root.attr('version')?.value).toBe('2.0')
  expect(root.attr('ivorn')?.value).toMatch(/^ivo:\/\/[^#]+#.+$/)
  const children = document.find('/*/*').map((node) => (node instanceof XmlElement ? node.name : ''))
  expect(children).toEqual(schemaOrder.filter((name) => children.includes(name)))
  for (const path of ['/*/Who/AuthorIVORN', '/*/Who/Date', '/*/What'])
    expect(document.get(path)).not.toBeNull()
  const content = (path: string) => document.find(path).map((node) => node.content)
  document.dispose()
  return content
}

describe('what we announce', () => {
  it('a better place supersedes what was planned before', () => {
    const revised = announced(sampleAlerts()).find(({ ivorn }) => /-planned-\d+$/.test(ivorn))
    expect(revised?.citations).toContainEqual({
      cite: 'supersedes',
      ivorn: revised?.ivorn.replace(/-\d+$/, ''),
    })
  })

  it('an observation that ended early is told of for the images it has, and not at all without any', () => {
    const events = observedAlert(false)
    const aborted = (imagesTaken: number) =>
      announced(
        events.map((event) =>
          event.type === 'ObservationFinished'
            ? {
                ...event,
                type: 'ObservationAborted',
                data: Object.assign({}, event.data, { imagesTaken, why: 'weather', detail: '' }),
              }
            : event,
        ),
      ).filter(({ ivorn }) => ivorn.endsWith('-observed'))
    expect(aborted(3)[0]?.description).toContain('3 images')
    expect(aborted(0)).toEqual([])
  })

  it('a follow-up, under a name of its own, citing every notice that led to it', () => {
    const packets = announced(observedAlert(false))
    const result = packets.at(-1)
    expect(result).toMatchObject({
      role: 'observation',
      params: expect.arrayContaining([{ name: 'Images', value: '12', dataType: 'int' }]),
      seen: { raDeg: expect.any(Number), decDeg: expect.any(Number) },
    })
    expect(result?.ivorn).toMatch(/^ivo:\/\/test\.noctuary\/alerts#.+-1-observed$/)
    expect(result?.citations.length).toBeGreaterThan(0)
    for (const { cite, ivorn } of result?.citations ?? []) {
      expect(cite).toBe('followup')
      expect(ivorn).toMatch(/^ivo:\/\/(?!test\.noctuary)/)
    }
    expect(new Set(packets.map(({ ivorn }) => ivorn)).size).toBe(packets.length)
  })

  it('what a simulator brought about is a test, whatever it is', () => {
    expect(announced(observedAlert(true)).at(-1)?.role).toBe('test')
  })

  it('a withdrawal retracts our own announcement and nobody else’s', () => {
    const packets = announced(sampleAlerts())
    const withdrawals = packets.filter(({ citations }) => citations.some(({ cite }) => cite === 'retraction'))
    expect(withdrawals.length).toBeGreaterThan(0)
    const own = new Set(packets.map(({ ivorn }) => ivorn))
    for (const { citations } of withdrawals) expect(own.has(citations[0]?.ivorn ?? '')).toBe(true)
  })

  it('every one is a VOEvent that our own reader reads', () => {
    const packets = announced([...sampleAlerts(), ...observedAlert(false)])
    for (const packet of packets) {
      const xml = voEventXml(packet)
      expectValid(xml)
      const source = { kind: 'vtp', broker: 'test' } as const
      expect(readNotice(new TextEncoder().encode(xml), source)).toMatchObject({
        outcome: 'read',
        notice: { name: packet.ivorn },
      })
    }
  })
})

describe('a packet as XML', () => {
  const printable = fc.string({ unit: fc.constantFrom(...'abc<>&"\'\u0000\u001b é\ud800😀]]>'.split('')) })

  test.prop([printable, printable])('holds any text and stays well-formed', (description, value) => {
    const xml = voEventXml({
      ivorn: 'ivo://a/b#c',
      role: 'test',
      issuedAt: '2026-11-21T04:00:00.000Z',
      author: description,
      params: [{ name: 'Value', value }],
      seen: null,
      description,
      citations: [{ cite: 'followup', ivorn: value }],
    })
    const document = XmlDocument.fromString(xml)
    const kept = document.get('//Param')
    expect(kept).not.toBeNull()
    document.dispose()
  })
})
