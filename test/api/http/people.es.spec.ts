import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peopleObservatory } from '#test/support/people-observatory.ts'

type Observatory = Awaited<ReturnType<typeof peopleObservatory>>
let at: Observatory
const ask: Observatory['ask'] = (...asked) => at.ask(...asked)
const seen = async (path: string) => {
  await at.projected()
  return ask('GET', path)
}
const ana = { id: 'ana', displayName: 'Ana Pérez', email: 'ana@example.org', country: 'MX', level: 3 }

beforeAll(async () => {
  at = await peopleObservatory()
  expect((await ask('POST', '/api/users', { body: ana })).status).toBe(201)
  const bob = { id: 'bob', displayName: 'Bob', email: 'bob@example.org', roles: ['operator', 'auditor'] }
  expect((await ask('POST', '/api/users', { body: bob })).status).toBe(201)
})
afterAll(() => at[Symbol.asyncDispose]())

describe('/api/users', () => {
  it('P47 shows who is registered, with the name that is not in the log', async () => {
    const { status, headers, body } = await seen('/api/users/ana')
    expect(status).toBe(200)
    expect(headers.get('etag')).toMatch(/^"0\.[\w-]{16}"$/)
    expect(body).toEqual({
      ...ana,
      country: 'mx',
      roles: ['observer'],
      registeredAt: '2026-11-21T04:00:00.000Z',
      erasedAt: null,
    })
    const { body: auditors } = await ask('GET', '/api/users?role=auditor')
    expect(auditors.items.map(({ id }: { id: string }) => id)).toEqual(['bob'])
  })

  it('says what is wrong, and where', async () => {
    const wrong = { ...ana, id: 'Ana@example.org', email: 'ana', country: 'Mexico', level: -1 }
    const { status, body } = await ask('POST', '/api/users', { body: wrong })
    expect(status).toBe(400)
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'body/id',
      'body/email',
      'body/country',
      'body/level',
    ])
  })

  it('gives an id once and an address once', async () => {
    const same = await ask('POST', '/api/users', { body: { ...ana, displayName: 'Another Ana' } })
    expect([same.status, same.body.code]).toEqual([409, 'user_exists'])
    const address = await ask('POST', '/api/users', {
      body: { ...ana, id: 'anne', email: 'ANA@example.org' },
    })
    expect([address.status, address.body.code]).toEqual([409, 'email_taken'])
    expect((await seen('/api/users/anne')).body.code).toBe('user_unknown')
  })

  it('makes an id up, and the same Idempotency-Key is the same user', async () => {
    const body = { displayName: 'Cy', email: 'cy@example.org' }
    const headers = { 'idempotency-key': 'first of cy' }
    const first = await ask('POST', '/api/users', { body, headers })
    expect(first.body.id).toMatch(/^u-[0-9a-f]{8}$/)
    const again = await ask('POST', '/api/users', { body, headers })
    expect([again.status, again.body]).toEqual([201, first.body])
    expect(again.headers.get('x-position')).toBe(first.headers.get('x-position'))
  })

  it('grants and revokes roles, once each, by the revision that was looked at', async () => {
    const granted = await ask('PUT', '/api/users/bob/roles/admin', { headers: { 'if-match': '"0"' } })
    expect([granted.status, granted.headers.get('etag')]).toEqual([200, '"1"'])
    const late = await ask('DELETE', '/api/users/bob/roles/operator', { headers: { 'if-match': '"0"' } })
    expect([late.status, late.body.code]).toEqual([412, 'revision_outdated'])
    const repeated = await ask('PUT', '/api/users/bob/roles/admin')
    expect([repeated.status, repeated.headers.get('etag')]).toEqual([200, '"1"'])
    await ask('DELETE', '/api/users/bob/roles/operator')
    expect((await seen('/api/users/bob')).body.roles).toEqual(['admin', 'auditor'])
    expect((await ask('PUT', '/api/users/nobody/roles/admin')).body.code).toBe('user_unknown')
  })

  it('changes a name without a word in the log', async () => {
    const end = await at.store.head()
    const profile = { displayName: 'Ana P.', email: 'ana@example.org' }
    expect((await ask('PUT', '/api/users/ana/profile', { body: profile })).status).toBe(200)
    expect((await ask('GET', '/api/users/ana')).body.displayName).toBe('Ana P.')
    expect(await at.store.head()).toEqual(end)
  })

  it('answers as of a moment gone by', async () => {
    const { body } = await ask('POST', '/api/users', {
      body: { id: 'dee', displayName: 'Dee', email: 'dee@example.org' },
    })
    const before = (await seen(`/api/users/${body.id}`)).headers.get('x-position')
    await ask('PUT', '/api/users/dee/roles/operator')
    expect((await seen('/api/users/dee')).body.roles).toEqual(['observer', 'operator'])
    expect((await ask('GET', `/api/users/dee?position=${before}`)).body.roles).toEqual(['observer'])
  })
})

describe('/api/programmes', () => {
  const survey = { id: 'survey', title: 'Transients', leaderId: 'ana', memberIds: ['bob'] }

  it('opens, changes and closes a programme', async () => {
    const opened = await ask('POST', '/api/programmes', {
      body: survey,
      headers: { 'x-noctuary-on-behalf-of': 'bob' },
    })
    expect([opened.status, opened.headers.get('location')]).toEqual([201, '/api/programmes/survey'])
    expect((await seen('/api/programmes/survey')).body).toMatchObject({ memberIds: ['ana', 'bob'] })
    const members = { leaderId: 'bob', memberIds: [] }
    const changed = await ask('PUT', '/api/programmes/survey/members', { body: members })
    expect(changed.headers.get('etag')).toBe('"1"')
    expect((await seen('/api/programmes/survey')).body).toMatchObject({ leaderId: 'bob', memberIds: ['bob'] })
    expect((await ask('POST', '/api/programmes/survey/close')).status).toBe(200)
    const { body } = await ask('PUT', '/api/programmes/survey/members', { body: members })
    expect(body.code).toBe('programme_closed')
    expect((await seen('/api/programmes')).body.items).toMatchObject([
      { id: 'survey', closedAt: expect.any(String) },
    ])
    const { body: journal } = await ask('GET', '/api/journal?stream=programme-survey')
    expect(JSON.stringify(journal.items)).toContain('programme survey opened: Transients, led by ana')
  })

  it('has users in it only, and says which of the named are none', async () => {
    const body = { ...survey, id: 'other', memberIds: ['bob', 'nobody', 'none'] }
    const answer = await ask('POST', '/api/programmes', { body })
    expect([answer.status, answer.body.code]).toEqual([422, 'member_unknown'])
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'memberIds.1',
      'memberIds.2',
    ])
  })
})

describe('/api/quotas', () => {
  const grant = { level: 'user', id: 'ana', period: '2026B', seconds: 3600, why: 'allocation' }

  it('adds grants up, each key once', async () => {
    const headers = { 'idempotency-key': 'allocation' }
    for (const _ of [1, 2]) {
      const { status, headers: told } = await ask('POST', '/api/quotas', { body: grant, headers })
      expect([status, told.get('location')]).toEqual([201, '/api/quotas/2026B/user/ana'])
    }
    await ask('POST', '/api/quotas', { body: { ...grant, seconds: 400.5 } })
    expect((await seen('/api/quotas?level=user')).body.items).toEqual([
      {
        ...{ period: '2026B', level: 'user', id: 'ana', grantedS: 4000.5, reservedS: 0, spentS: 0 },
        ...{ refundedS: 0, leftS: 4000.5 },
      },
    ])
    const { body } = await ask('GET', '/api/quotas/2026B/user/ana?limit=1')
    expect(body).toMatchObject({ items: [{ id: 2, kind: 'granted', grantedS: 400.5 }], next: 2 })
  })

  it.each([
    [{ ...grant, period: '2026' }, 400, 'invalid_request'],
    [{ ...grant, seconds: 0 }, 400, 'invalid_request'],
    [{ ...grant, level: 'country', id: 'Mexico' }, 400, 'invalid_request'],
    [{ ...grant, id: 'nobody' }, 422, 'account_unknown'],
    [{ ...grant, level: 'programme', id: 'nothing' }, 422, 'account_unknown'],
  ])('refuses %j with %i %s', async (body, status, code) => {
    const answer = await ask('POST', '/api/quotas', { body })
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })
})

it('the endpoints about people are described in valid OpenAPI 3.1', async () => {
  const { body } = await ask('GET', '/api/openapi.json')
  expect(await new Validator().validate(body)).toMatchObject({ valid: true })
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining([
      '/api/users',
      '/api/programmes',
      '/api/quotas',
      '/api/quotas/{period}/{level}/{id}',
    ]),
  )
})
