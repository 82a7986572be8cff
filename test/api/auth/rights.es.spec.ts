import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginSession } from '#api/auth/sign-in.ts'
import { locally } from '#test/support/access.ts'
import { doorOf, ownPage } from '#test/support/signing-in.ts'
import { wholeApi } from '#test/support/whole-api.ts'
import { rightOfRoute } from './right-of-route.ts'

let api: Awaited<ReturnType<typeof wholeApi>>
let door: ReturnType<typeof doorOf>
let token: Record<string, string>

beforeAll(async () => {
  api = await wholeApi({ demo: true })
  door = doorOf(api)
  for (const role of ['observer', 'operator', 'auditor', 'admin']) await door.register(role, role)
  token = (await door.tokenOf('operator', ['operate'])).header
})
afterAll(() => api?.[Symbol.asyncDispose]())

/** Signed in anew for each request, as one of them signs out. */
const signedIn = async (user: string): Promise<Record<string, string>> => {
  const known = api.directory.user(user)
  if (!known) throw new Error(`${user} is not registered`)
  const { secret } = await beginSession(api.accounts, user, known)
  return { cookie: `noctuary_session=${secret}`, ...ownPage }
}

const callers: Readonly<
  Record<string, { rights: readonly string[]; headers: () => Promise<Record<string, string>> }>
> = {
  nobody: { rights: ['anyone'], headers: async () => ({ 'x-forwarded-for': '192.0.2.1' }) },
  'nobody in demo': { rights: ['anyone', 'read', 'audit'], headers: async () => ({}) },
  observer: {
    rights: ['anyone', 'signed-in', 'read', 'request'],
    headers: () => signedIn('observer'),
  },
  operator: {
    rights: ['anyone', 'signed-in', 'read', 'audit', 'request', 'operate'],
    headers: () => signedIn('operator'),
  },
  auditor: { rights: ['anyone', 'signed-in', 'read', 'audit'], headers: () => signedIn('auditor') },
  admin: {
    rights: ['anyone', 'signed-in', 'read', 'audit', 'request', 'operate', 'admin', 'personal'],
    headers: () => signedIn('admin'),
  },
  'a token for operate alone': { rights: ['anyone', 'operate'], headers: async () => token },
  'a local program': {
    rights: ['anyone', 'signed-in', 'read', 'audit', 'request', 'operate', 'admin', 'personal'],
    headers: async () => locally,
  },
}

/** Asks and goes: what comes is of no interest, and some of it never ends. */
const knock = async (route: string, headers: Record<string, string>): Promise<number> => {
  const [method = '', url = ''] = route.split(' ')
  const gone = new AbortController()
  const where = `${api.url}${url.replaceAll(/:\w+/g, 'none').replace('*', 'none')}`
  // A live stream of events is for auditors, that of a read model for all who may read it.
  const query = url === '/api/live' ? '?model=users' : ''
  const answer = await fetch(`${where}${query}`, { method, headers, redirect: 'manual', signal: gone.signal })
  const isLetIn = answer.status !== 401 && answer.status !== 403
  const code = isLetIn ? '' : ((await answer.json()) as { code: string }).code
  gone.abort()
  // Whose something is, is another question than who may.
  return code === 'sign_in_needed' || code === 'not_allowed' ? answer.status : 200
}

it('every route says which right it needs, and it is the one in the table', () => {
  const ours = api.routes.filter(([route]) => !route.includes('/api/docs'))
  expect(Object.fromEntries(ours)).toEqual(rightOfRoute)
  expect(
    new Set(api.routes.filter(([route]) => route.includes('/api/docs')).map(([, right]) => right)),
  ).toEqual(new Set(['anyone']))
})

it('P57 who looks changes nothing: no event comes of any GET', async () => {
  const before = await api.store.head()
  const looks = Object.keys(rightOfRoute).filter((route) => route.startsWith('GET '))
  await Promise.all(looks.map((route) => knock(route, locally)))
  expect(looks.length).toBeGreaterThan(50)
  expect(await api.store.head()).toEqual(before)
})

describe.each(Object.entries(callers))('%s', (name, { rights, headers }) => {
  it.each(Object.entries(rightOfRoute))('%s, which needs %s', async (route, right) => {
    const refusal = name.startsWith('nobody') ? 401 : 403
    const status = await knock(route, await headers())
    expect(status).toBe(rights.includes(right) ? 200 : refusal)
  })
})
