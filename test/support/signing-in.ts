import { actingFor, locally } from './access.ts'
import type { wholeApi } from './whole-api.ts'

type Api = Awaited<ReturnType<typeof wholeApi>>
type Asked = { readonly body?: unknown; readonly headers?: Record<string, string> }

/** The header that only our own pages can send. */
export const ownPage = { 'x-noctuary-csrf': '1' }

/** People at the door of an API: registered by a program on its machine, signed in by password. */
export const doorOf = ({ url }: Api) => {
  const ask = async (method: string, where: string, { body, headers = {} }: Asked = {}) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await fetch(`${url}${where}`, {
      method,
      headers: { ...type, ...headers },
      redirect: 'manual',
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    // biome-ignore lint/suspicious/noExplicitAny: an answer may be anything; the test says what it should be.
    const said: any =
      text !== '' && answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
    return { status: answer.status, headers: answer.headers, body: said }
  }
  const passwordOf = (user: string) => `correct horse of ${user}`
  const register = async (user: string, ...roles: string[]) => {
    const body = { id: user, displayName: `Name of ${user}`, email: `${user}@example.org`, roles }
    await ask('POST', '/api/users', { body, headers: locally })
  }
  const setPassword = (user: string, password = passwordOf(user)) =>
    ask('PUT', `/api/users/${user}/password`, { body: { password }, headers: locally })
  const signIn = (user: string, password = passwordOf(user), headers: Record<string, string> = {}) =>
    ask('POST', '/api/session', { body: { user, password }, headers })
  /** The header of somebody who is signed in, as a browser sends it. */
  const cookieOf = ({ headers }: { headers: Headers }): Record<string, string> => ({
    cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '',
    ...ownPage,
  })
  return {
    ...{ ask, register, setPassword, signIn, cookieOf, passwordOf },
    /** Registers somebody with a password and signs them in. */
    letIn: async (user: string, ...roles: string[]) => {
      await register(user, ...roles)
      await setPassword(user)
      return cookieOf(await signIn(user))
    },
    /** A token of a user, as a header. */
    tokenOf: async (user: string, scopes: string[], expiresAt?: string) => {
      const body = { name: 'test', scopes, ...(expiresAt ? { expiresAt } : {}) }
      const { body: made } = await ask('POST', '/api/tokens', { body, headers: actingFor(user) })
      return {
        id: String(made.id),
        secret: String(made.token),
        header: { authorization: `Bearer ${made.token}` },
      }
    },
  }
}
