import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogue } from '#domain/catalogue.ts'
import { locally } from '#test/support/access.ts'
import { doorOf } from '#test/support/signing-in.ts'
import { wholeApi } from '#test/support/whole-api.ts'

let api: Awaited<ReturnType<typeof wholeApi>>
let door: ReturnType<typeof doorOf>
let code: string

const hour = 3_600_000

const statusOf = async (headers: Record<string, string>, where = '/api/system/graph') =>
  (await door.ask('GET', where, { headers })).status

/** Everything the log has about the door, oldest first. */
const recorded = async (user: string | null, night = '2026-11-20') => {
  const events: { type: string; data: unknown; actor: unknown }[] = []
  const stream = user === null ? `access-${night}` : `access-${night}-${user}`
  for await (const { type, data, metadata } of api.store.readBackwards(stream))
    events.unshift({ type, data, actor: metadata.actor })
  return events
}

beforeAll(async () => {
  api = await wholeApi()
  door = doorOf(api)
  code = api.accounts.firstAdmin.issue()
})
afterAll(() => api?.[Symbol.asyncDispose]())

describe('the first admin', () => {
  it('is made by the code that the start printed, once', async () => {
    const { body: before } = await door.ask('GET', '/api/session')
    expect(before).toEqual({
      ...{ user: null, name: null, roles: [], demo: false, firstAdmin: true, may: [], expiresAt: null },
    })
    const body = { code, user: 'root', password: 'a long enough one' }
    const first = (given: object) =>
      door.ask('POST', '/api/session/first-admin', { body: { ...body, ...given } })
    expect((await first({ code: 'guessed' })).body.code).toBe('first_admin_refused')
    const short = await first({ password: 'short' })
    expect([short.status, short.body.detail]).toEqual([
      400,
      'body/password: a password has 12 characters at least; any will do',
    ])
    const made = await first({})
    expect(made.status).toBe(200)
    expect(made.body).toMatchObject({
      user: 'root',
      firstAdmin: false,
      may: expect.arrayContaining(['admin']),
    })
    expect(await statusOf(door.cookieOf(made))).toBe(200)
    expect((await first({ user: 'second' })).body.code).toBe('first_admin_refused')
    expect((await door.signIn('root', 'a long enough one')).status).toBe(200)
  })

  it('is not made any more once somebody can sign in, even with a code', async () => {
    const body = { code: api.accounts.firstAdmin.issue(), user: 'third', password: 'a long enough one' }
    const late = await door.ask('POST', '/api/session/first-admin', { body })
    expect([late.status, late.body.code]).toEqual([403, 'first_admin_refused'])
  })
})

describe('a session', () => {
  it('P47 says who it is, is a cookie that scripts cannot read, and ends at the sign-out', async () => {
    await door.register('ana', 'observer')
    await door.setPassword('ana')
    const answer = await door.signIn('ana')
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^noctuary_session=[\w-]{43}; Max-Age=604800; HttpOnly; SameSite=Strict; Path=\/$/,
      ),
    ])
    const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' }
    const tls = await door.signIn('ana', undefined, proxied)
    expect(tls.headers.getSetCookie()[0]).toMatch(/; Secure$/)
    expect((await recorded('ana')).at(-1)?.data).toEqual({ userId: 'ana', from: 'network' })
    expect(answer.body).toMatchObject({
      ...{ user: 'ana', name: 'Name of ana', roles: ['observer'], may: ['read', 'request'] },
      expiresAt: '2026-11-21T16:00:00.000Z',
    })
    const headers = door.cookieOf(answer)
    expect((await door.ask('GET', '/api/session', { headers })).body.user).toBe('ana')
    const out = await door.ask('DELETE', '/api/session', { headers })
    expect([out.body.user, out.headers.getSetCookie()[0]]).toEqual([
      null,
      expect.stringContaining('Max-Age=0'),
    ])
    expect(await statusOf(headers)).toBe(401)
  })

  it('refuses a stranger and a wrong password in the same words, and both are on record without what was typed', async () => {
    const wrong = await door.signIn('ana', 'not the password')
    const stranger = await door.signIn('my secret password', 'x')
    expect([wrong.status, wrong.body.code]).toEqual([401, 'sign_in_refused'])
    expect(stranger.body).toEqual(wrong.body)
    expect((await recorded('ana')).at(-1)).toEqual({
      type: 'SignInRefused',
      data: { userId: 'ana', why: 'password_wrong', from: 'loopback' },
      actor: { kind: 'user', id: 'ana' },
    })
    expect((await recorded(null)).at(-1)).toMatchObject({
      data: { userId: null, why: 'user_unknown', from: 'loopback' },
    })
  })

  it('ends when the roles change, with another password, and with the user', async () => {
    const bob = await door.letIn('bob', 'observer')
    expect(await statusOf(bob)).toBe(200)
    await door.ask('PUT', '/api/users/bob/roles/operator', { headers: locally })
    expect(await statusOf(bob)).toBe(401)
    const again = door.cookieOf(await door.signIn('bob'))
    await door.setPassword('bob', 'another password for bob')
    expect(await statusOf(again)).toBe(401)
    expect((await door.signIn('bob')).status).toBe(401)
    const third = door.cookieOf(await door.signIn('bob', 'another password for bob'))
    const changed = await door.ask('PUT', '/api/session/password', {
      body: { old: 'another password for bob', password: 'my own password now' },
      headers: third,
    })
    expect([changed.status, await statusOf(third), await statusOf(door.cookieOf(changed))]).toEqual([
      200, 401, 200,
    ])
    await door.ask('DELETE', '/api/users/bob', { headers: locally })
    expect(await statusOf(door.cookieOf(changed))).toBe(401)
    expect((await door.signIn('bob', 'my own password now')).body.code).toBe('sign_in_refused')
    expect(await api.accounts.credentials.passwordOf('bob')).toBeNull()
  })

  it('ends 12 h after it was last used, and 7 d after it began in any case', async () => {
    const used = await door.letIn('cy', 'observer')
    const idle = door.cookieOf(await door.signIn('cy'))
    await api.clock.advanceBy(11 * hour)
    expect(await statusOf(used)).toBe(200)
    await api.clock.advanceBy(2 * hour)
    expect([await statusOf(used), await statusOf(idle)]).toEqual([200, 401])
    for (let left = 7 * 24 - 13; left > 0; left -= 11) {
      expect(await statusOf(used)).toBe(200)
      await api.clock.advanceBy(Math.min(left, 11) * hour)
    }
    expect(await statusOf(used)).toBe(401)
  })

  it('is none with a forged cookie', async () => {
    expect(await statusOf({ cookie: `noctuary_session=${'A'.repeat(43)}` })).toBe(401)
    expect(await statusOf({ cookie: 'noctuary_session=;' })).toBe(401)
  })
})

describe('what is done with a session', () => {
  it.each([
    ['without the header of our pages', { 'x-noctuary-csrf': '' }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from a page without an origin', { origin: 'null' }],
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from a neighbour', { 'sec-fetch-site': 'same-site' }],
  ])('is refused %s', async (_, headers) => {
    const dee = await door.letIn('dee', 'observer')
    const answer = await door.ask('POST', '/api/tokens', {
      body: { name: 'x', scopes: ['read'] },
      headers: { ...dee, ...headers },
    })
    expect([answer.status, answer.body.code]).toEqual([403, 'cross_site'])
  })

  it('is taken from our own page; a program with a token needs neither', async () => {
    const headers = {
      ...(await door.letIn('eve', 'observer')),
      origin: api.url,
      'sec-fetch-site': 'same-origin',
    }
    const body = { name: 'x', scopes: ['read'] }
    expect((await door.ask('POST', '/api/tokens', { body, headers })).status).toBe(201)
    expect((await door.signIn('eve', undefined, { origin: 'https://evil.example' })).body.code).toBe(
      'cross_site',
    )
    const { header } = await door.tokenOf('eve', ['request'])
    expect((await door.ask('POST', '/api/requests/none/submit', { headers: header })).status).toBe(404)
  })
})

describe('a token', () => {
  it('is shown once, may what it is for, and opens nothing once revoked or over', async () => {
    const cookie = await door.letIn('fay', 'operator')
    const { secret, header, id } = await door.tokenOf('fay', ['read'], '2026-12-31T00:00:00Z')
    expect(secret).toMatch(/^noct_[\w-]{43}$/)
    expect(await statusOf(header)).toBe(200)
    expect(await statusOf(header, '/api/journal')).toBe(403)
    const { body: mine } = await door.ask('GET', '/api/tokens', { headers: cookie })
    expect(mine.items).toMatchObject([{ id, user: 'fay', scopes: ['read'], usedAt: expect.any(String) }])
    expect(JSON.stringify(mine)).not.toContain(secret)
    const forged = { authorization: `Bearer noct_${'A'.repeat(43)}` }
    const refused = await door.ask('GET', '/api/system/graph', { headers: forged })
    expect([refused.status, refused.body.code]).toEqual([401, 'token_refused'])
    expect(await statusOf({ authorization: 'Basic YTpi' })).toBe(401)
    const other = await door.letIn('gus', 'observer')
    expect((await door.ask('DELETE', `/api/tokens/${id}`, { headers: other })).body.code).toBe(
      'token_unknown',
    )
    expect((await door.ask('DELETE', `/api/tokens/${id}`, { headers: cookie })).status).toBe(200)
    expect(await statusOf(header)).toBe(401)
    const short = await door.tokenOf('fay', ['read'], '2026-12-02T00:00:00Z')
    expect(await statusOf(short.header)).toBe(200)
    await api.clock.advanceBy(7 * 24 * hour)
    const over = await door.ask('GET', '/api/system/graph', { headers: short.header })
    expect(over.body.detail).toBe('This token was good until 2026-12-02T00:00:00.000Z.')
  })

  it('never may more than its user now may', async () => {
    await door.register('hal', 'operator')
    const { header } = await door.tokenOf('hal', ['read', 'operate'])
    expect(await statusOf(header)).toBe(200)
    await door.ask('DELETE', '/api/users/hal/roles/operator', { headers: locally })
    expect(await statusOf(header)).toBe(403)
    await door.register('ida', 'observer')
    const wide = await door.ask('POST', '/api/tokens', {
      body: { name: 'x', scopes: ['read', 'operate'] },
      headers: { ...locally, 'x-noctuary-on-behalf-of': 'ida' },
    })
    expect([wide.status, wide.body.detail]).toEqual([
      422,
      'body/scopes: ida may not operate; a token may only what its user may.',
    ])
    const own = await door.tokenOf('ida', ['read', 'request'])
    await door.ask('DELETE', '/api/users/ida', { headers: locally })
    expect(await statusOf(own.header)).toBe(401)
  })

  it('is named in the log beside its user; who acts for another, too', async () => {
    await door.register('jo', 'admin')
    const { id, header } = await door.tokenOf('jo', ['admin'])
    await door.ask('PUT', '/api/users/jo/roles/auditor', { headers: header })
    await door.ask('PUT', '/api/users/jo/roles/observer', {
      headers: { ...header, 'x-noctuary-on-behalf-of': 'kim' },
    })
    const actors = []
    for await (const { metadata } of api.store.readBackwards('user-jo')) actors.unshift(metadata.actor)
    expect(actors).toEqual([
      { kind: 'user', id: 'local' },
      { kind: 'user', id: 'jo', via: `token:${id}` },
      { kind: 'user', id: 'kim', via: `token:${id}` },
    ])
    const observer = await door.letIn('lou', 'observer')
    const asOther = await door.ask('GET', '/api/requests', {
      headers: { ...observer, 'x-noctuary-on-behalf-of': 'jo' },
    })
    expect([asOther.status, asOther.body.code]).toEqual([403, 'not_allowed'])
  })
})

describe('live streams', () => {
  it('have events for auditors, and changes of read models for whoever may read', async () => {
    const observer = await door.letIn('quinn', 'observer')
    const events = await door.ask('GET', '/api/live?sender=users', { headers: observer })
    expect([events.status, events.body.code]).toEqual([403, 'not_allowed'])
    const gone = new AbortController()
    const models = await fetch(`${api.url}/api/live?model=users`, { headers: observer, signal: gone.signal })
    expect(models.headers.get('content-type')).toBe('text/event-stream')
    gone.abort()
  })
})

describe('requests', () => {
  it('are touched by their owner, and by who operates', async () => {
    const [mia, ned] = [await door.letIn('mia', 'observer'), await door.letIn('ned', 'observer')]
    const olga = await door.letIn('olga', 'operator')
    const made = await door.ask('POST', '/api/requests/fake', { headers: mia })
    expect(made.status).toBe(201)
    const withdraw = (headers: Record<string, string>) =>
      door.ask('POST', `/api/requests/${made.body.id}/withdraw`, { headers })
    expect((await withdraw(ned)).body).toMatchObject({ status: 403, code: 'not_yours' })
    expect((await withdraw(olga)).status).toBe(200)
    const forMia = await door.ask('POST', '/api/requests', {
      headers: ned,
      body: { name: 'x', user: 'mia', programme: 'p', sequences: [] },
    })
    expect([403, 400]).toContain(forMia.status)
  })
})

it('names and addresses are for those who may know them, and one’s own', async () => {
  const { accounts } = api
  const pia = await door.letIn('pia', 'observer')
  const mine = { displayName: 'Pia P.', email: 'pia@example.org' }
  expect((await door.ask('PUT', '/api/users/pia/profile', { body: mine, headers: pia })).status).toBe(200)
  const other = await door.ask('PUT', '/api/users/root/profile', { body: mine, headers: pia })
  expect([other.status, other.body.code]).toEqual([403, 'not_yours'])
  expect((await accounts.personalData.of(['pia'])).get('pia')?.displayName).toBe('Pia P.')
})

it('secrets are in no event', async () => {
  const { header, secret } = await door.tokenOf('root', ['read'])
  expect(await statusOf(header)).toBe(200)
  const cookie = (await door.signIn('root', 'a long enough one')).headers.getSetCookie()[0] ?? ''
  const session = cookie.split(/[=;]/)[1] ?? ''
  const texts: string[] = []
  const done = new AbortController()
  for await (const { events, caughtUp } of api.store.follow([...catalogue.keys()], null, done.signal)) {
    texts.push(...events.map((event) => JSON.stringify({ data: event.data, metadata: event.metadata })))
    if (caughtUp) done.abort()
  }
  const log = texts.join('\n')
  expect(log).toContain('tokenId')
  for (const said of [
    secret,
    session,
    'a long enough one',
    'my secret password',
    'my own password now',
    code,
  ])
    expect(log).not.toContain(said)
  const { rows } = await api.pool.query(
    "select string_agg(t::text, ' ') as all from (select row_to_json(p) t from access.password p union all select row_to_json(s) from access.session s union all select row_to_json(k) from access.token k) x",
  )
  for (const said of [secret, session, 'a long enough one']) expect(`${rows[0]?.all}`).not.toContain(said)
})
