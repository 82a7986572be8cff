import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { readVtpDocument } from '#domain/shared/vtp/document.ts'
import { transportDocument } from '#domain/shared/vtp/transport.ts'

const read = (text: string) => readVtpDocument(new TextEncoder().encode(text))
const at = '2026-11-21T03:04:05.678Z'

describe('a document on the VTP wire', () => {
  test.prop([fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme-ascii' })])(
    'an answer names any ivorn exactly, however hostile its text',
    (origin, response) => {
      const sent = transportDocument({ role: 'ack', origin, response, at })
      expect(readVtpDocument(sent)).toEqual({
        kind: 'transport',
        role: 'ack',
        origin: origin.trim(),
        response: response.trim(),
        result: null,
      })
    },
  )

  it('carries the reason of a nak, and UTC to the second', () => {
    const sent = transportDocument({
      role: 'nak',
      origin: 'ivo://a/b#c',
      response: 'ivo://us/r',
      result: 'no <ivorn>',
      at,
    })
    expect(readVtpDocument(sent)).toMatchObject({ role: 'nak', result: 'no <ivorn>' })
    expect(new TextDecoder().decode(sent)).toContain('<TimeStamp>2026-11-21T03:04:05Z</TimeStamp>')
  })

  it.each([
    ['<v:VOEvent role="iamalive" ivorn="ivo://a/b#c">', { kind: 'event', ivorn: 'ivo://a/b#c' }],
    ["<VOEvent ivorn='ivo://a/b?x&amp;y#c'/>", { kind: 'event', ivorn: 'ivo://a/b?x&y#c' }],
    [
      '\uFEFF<?xml version="1.0"?>\n<!-- <Transport role="ack"> --><VOEvent a="1>2" ivorn="i">',
      { kind: 'event', ivorn: 'i' },
    ],
    ['<!DOCTYPE x [<!ENTITY e "1">]><VOEvent ivorn="a&e;b">', { kind: 'event', ivorn: 'a&e;b' }],
    ['<VOEvent version="2.0"><Who/>', { kind: 'event', ivorn: null }],
    ['<html><VOEvent ivorn="x"/></html>', { kind: 'unknown' }],
    ['', { kind: 'unknown' }],
    ['<VOEvent ivorn="cut', { kind: 'unknown' }],
  ])('is told by its root element: %s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it('is read in any of the transport namespaces', () => {
    const gcn =
      '<trn:Transport role="iamalive" version="1.0" xmlns:trn="http://telescope-networks.org/schema/Transport/v1.1">' +
      '<Origin>ivo://nasa.gsfc.tan/gcn</Origin><TimeStamp>2026-11-21T03:04:05</TimeStamp></trn:Transport>'
    expect(read(gcn)).toMatchObject({
      kind: 'transport',
      role: 'iamalive',
      origin: 'ivo://nasa.gsfc.tan/gcn',
    })
  })

  it('takes a megabyte of hostile text in its stride', () => {
    const began = process.cpuUsage().user
    for (const piece of [
      ' ',
      '<!--',
      '<!DOCTYPE [',
      '] ',
      '<?',
      '<a ',
      '<VOEvent a="',
      '<Transport><Origin ',
    ])
      read(piece.repeat(Math.floor(1_000_000 / piece.length)))
    expect((process.cpuUsage().user - began) / 1_000).toBeLessThan(5_000)
  })
})
