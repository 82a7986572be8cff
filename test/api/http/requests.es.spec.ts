import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formGiven, sequenceGiven } from '#test/support/requests.ts'
import { startRequestsApi } from '#test/support/requests-api.ts'

let api: Awaited<ReturnType<typeof startRequestsApi>>
beforeAll(async () => {
  api = await startRequestsApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const pyros = readFileSync(new URL('../../fixtures/pyros/routine_request_01.xml', import.meta.url), 'utf8')
const impossible = formGiven({
  programme: 'nowhere',
  sequences: [
    sequenceGiven({
      target: { ra: 201, dec: -63 },
      albums: [{ detector: 'visible', plans: [{ filter: 'J', exposureS: 5 }] }],
    }),
  ],
})

const post = (body: unknown, query = '') => api.send('POST', `/api/requests${query}`, { body })

describe('/api/requests', () => {
  it('P27 P31 takes JSON, submits it, and shows it with its sequences, albums and plans in order', async () => {
    const { status, body, headers } = await post(formGiven())
    expect([status, body.status, body.warnings]).toEqual([201, 'SUBMITTED', []])
    expect(body.id).toMatch(/^r[0-9a-z]{10}$/)
    expect(headers.get('location')).toBe(`/api/requests/${body.id}`)
    const shown = await api.get(`/api/requests/${body.id}`)
    // The same revision, and a print of what is shown.
    expect(shown.headers.get('etag')).toMatch(/^"1\.[\w-]{16}"$/)
    expect(headers.get('etag')).toBe('"1"')
    expect(shown.body).toMatchObject({
      status: 'SUBMITTED',
      user_id: 'ana',
      country: 'mx',
      programme_id: 'snr',
      revision: 1,
      sequences: [{ id: `${body.id}.1`, albums: [{ plans: [{ filter: 'r', exposureS: 60, images: 10 }] }] }],
    })
    expect(JSON.parse(shown.body.raw)).toEqual(formGiven())
    const sequence = await api.get(`/api/sequences/${body.id}.1`)
    expect(sequence.body).toMatchObject({
      status: 'TOBEPLANNED',
      request: { id: body.id, href: `/api/requests/${body.id}` },
      content: { durationS: 660 },
    })
  })

  it("P26 P28 takes PYROS's own file, odd as it is, and keeps it as it came", async () => {
    const { status, body } = await post(pyros)
    expect([status, body.status]).toEqual([201, 'SUBMITTED'])
    expect(body.warnings.map(({ code }: { code: string }) => code).toSorted()).toEqual([
      'COORDS_FORMAT',
      'FILTER_DETECTOR_MISMATCH',
      'NAME_DURATION_MISMATCH',
      'PLAN_EXCEEDS_SEQUENCE',
    ])
    const shown = await api.get(`/api/requests/${body.id}`)
    expect(shown.body.raw).toBe(pyros)
    expect(shown.body.sequences[0].windows).toEqual([
      { from: '2026-11-21T04:00:15.000Z', until: '2026-11-21T20:40:00.000Z' },
    ])
    const strictly = await post(pyros, '?strict=true')
    expect([strictly.status, strictly.body.code, strictly.body.errors.length]).toEqual([
      400,
      'invalid_request',
      4,
    ])
  })

  it('refuses what can never be with every fault, and keeps the draft', async () => {
    const { status, body, headers } = await post(impossible)
    expect([status, body.code]).toEqual([422, 'request_refused'])
    expect(body.errors.map(({ code, path }: { code: string; path: string }) => [code, path])).toEqual([
      ['PROGRAMME_UNKNOWN', 'programme'],
      ['FILTER_NOT_ON_DETECTOR', 'sequences[0].albums[0].plans[0].filter'],
      ['NEVER_ABOVE_LIMIT', 'sequences[0].target'],
    ])
    const location = headers.get('location') ?? ''
    const draft = await api.get(location)
    expect(draft.body).toMatchObject({ status: 'INVALID', faults: body.errors })
    const sequence = await api.get(`/api/sequences?request=${draft.body.id}`)
    expect(sequence.body.items).toMatchObject([{ status: 'INVALID', reason: { code: 'REFUSED' } }])
    const mended = await api.send('PUT', location, {
      body: formGiven(),
      headers: { 'if-match': draft.headers.get('etag') ?? '' },
    })
    expect([mended.status, mended.body.status]).toEqual([200, 'DRAFT'])
    const submitted = await api.send('POST', `${location}/submit`)
    expect([submitted.status, submitted.body.status]).toEqual([200, 'SUBMITTED'])
  })

  it.each([
    [{ ...formGiven(), colour: 'red' }, 'UNKNOWN_KEY', 'colour'],
    [formGiven({ sequences: [] }), 'INVALID_VALUE', 'sequences'],
    [formGiven({ sequences: [sequenceGiven(), sequenceGiven()] }), 'INVALID_VALUE', 'sequences[1].name'],
    [
      formGiven({ windows: [{ from: '2026-12-02T00:00:00Z', until: '2026-12-01T00:00:00Z' }] }),
      'INVALID_VALUE',
      'windows[0]',
    ],
    [[], 'INVALID_VALUE', ''],
  ])('names what no request has: %#', async (given, code, path) => {
    const { status, body } = await post(given)
    expect([status, body.code]).toEqual([400, 'invalid_request'])
    expect(body.errors).toEqual([expect.objectContaining({ code, path })])
  })

  it('tells two who edit at once apart: the later one is told, nothing is overwritten', async () => {
    const { body } = await post(formGiven(), '?draft=true')
    const path = `/api/requests/${body.id}`
    const edit = (name: string, headers: Record<string, string> = { 'if-match': '"0"' }) =>
      api.send('PUT', path, { body: formGiven({ name }), headers })
    const answers = await Promise.all([edit('mine'), edit('yours')])
    const [won, lost] = answers.toSorted((a, b) => a.status - b.status)
    expect([won?.status, lost?.status, lost?.body.code]).toEqual([200, 412, 'revision_outdated'])
    expect(lost?.body.detail).toContain('is at revision 1 by now, not 0')
    expect((await edit('blind', {})).status).toBe(428)
    expect((await edit('odd', { 'if-match': 'yesterday' })).body.code).toBe('invalid_request')
    expect((await api.get(path)).body.revision).toBe(1)
  })

  it('answers a command that is repeated with what it led to, does it once, and refuses another under its key', async () => {
    const again = (name = 'once') =>
      api.send('POST', '/api/requests', {
        body: formGiven({ name }),
        headers: { 'idempotency-key': 'k1' },
      })
    const [first, second] = [await again(), await again()]
    expect(second.body).toEqual(first.body)
    const other = await again('twice')
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
    const { body } = await api.get('/api/requests?limit=1000')
    const named = body.items.map(({ name }: { name: string }) => name)
    expect(named.filter((name: string) => name === 'once' || name === 'twice')).toEqual(['once'])
  })

  it('is withdrawn for good', async () => {
    const { body } = await post(formGiven())
    const withdrawn = await api.send('DELETE', `/api/requests/${body.id}?why=cloudy`)
    expect([withdrawn.status, withdrawn.body.status]).toEqual([200, 'WITHDRAWN'])
    expect((await api.send('POST', `/api/requests/${body.id}/withdraw`)).status).toBe(200)
    expect((await api.send('POST', `/api/requests/${body.id}/submit`)).body.code).toBe('request_withdrawn')
    expect((await api.get(`/api/sequences/${body.id}.1`)).body).toMatchObject({
      status: 'CANCELLED',
      reason: { code: 'WITHDRAWN', text: 'cloudy' },
    })
  })

  it('P29 fakes a request for something that can be seen now, marked as simulated', async () => {
    const { status, body } = await api.send('POST', '/api/requests/fake')
    expect([status, body.status]).toEqual([201, 'SUBMITTED'])
    expect((await api.get(`/api/requests/${body.id}`)).body).toMatchObject({
      source: 'fake',
      simulated: true,
    })
  })

  it.each(['application/x-yaml', 'application/x-msgpack', 'application/python-pickle'])(
    'A19 takes no %s',
    async (type) => {
      const { status, body } = await api.send('POST', '/api/requests', {
        body: 'x',
        headers: { 'content-type': type },
      })
      expect([status, body.code]).toEqual([415, 'unsupported_media_type'])
    },
  )

  it.each([
    [400, 'xml_doctype_refused', '<!DOCTYPE r SYSTEM "file:///etc/passwd"><request/>'],
    [400, 'xml_not_well_formed', '<request'],
    [413, 'body_too_large', `<request>${' '.repeat(300 * 1024)}</request>`],
  ])('P30 answers %d %s to a hostile file', async (status, code, text) => {
    const answer = await post(text)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  it('answers 400 to what is no JSON, 404 to what is not there', async () => {
    const headers = { 'content-type': 'application/json' }
    expect((await api.send('POST', '/api/requests', { body: '{"name":', headers })).body.code).toBe(
      'invalid_json',
    )
    expect((await api.get('/api/requests/r0000000000')).body.code).toBe('request_unknown')
    expect((await api.get('/api/sequences/r0000000000.1')).body.code).toBe('sequence_unknown')
    expect((await api.send('POST', '/api/requests/r0000000000/submit')).body.code).toBe('request_unknown')
    expect((await api.send('POST', '/api/requests')).body.code).toBe('body_missing')
  })

  it('lists by status, user and programme, page by page', async () => {
    const all = (await api.get('/api/requests?limit=1000&programme=snr')).body.items
    expect(all.length).toBeGreaterThan(3)
    const paged: unknown[] = []
    for (let next = ''; ; ) {
      const { body } = await api.get(`/api/requests?limit=2&programme=snr${next}`)
      paged.push(...body.items)
      if (body.next === null) break
      next = `&before=${body.next}`
    }
    expect(paged).toEqual(all)
    const withdrawn = (await api.get('/api/requests?status=WITHDRAWN&user=ana')).body.items
    expect(withdrawn.every(({ status }: { status: string }) => status === 'WITHDRAWN')).toBe(true)
    expect(withdrawn).toHaveLength(1)
    expect((await api.get('/api/requests?user=nobody')).body).toEqual({ items: [], next: null })
    expect((await api.get('/api/requests?stauts=DRAFT')).body.code).toBe('invalid_request')
    const sequences = (await api.get('/api/sequences?limit=1000')).body.items
    const onward = await api.get(`/api/sequences?limit=1000&after=${sequences[2].id}`)
    expect(onward.body.items).toEqual(sequences.slice(3))
  })
})
