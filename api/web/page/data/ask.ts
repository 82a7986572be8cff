import type { Problem } from '../../answers.ts'
import { hearServerDate } from '../clock.ts'
import { heard, lost } from './connection.ts'

const patienceMs = 10_000

/** What the server said against it, or that it said nothing. */
export type Trouble = Pick<Problem, 'code' | 'detail'> & {
  readonly status: number | null
  readonly errors?: Problem['errors']
}

export type Answer<T> =
  | { readonly ok: true; readonly data: T; readonly headers: Headers }
  | { readonly ok: false; readonly trouble: Trouble }

const away = (detail: string): { ok: false; trouble: Trouble } => ({
  ok: false,
  trouble: { status: null, code: 'no_answer', detail },
})

const troubleOf = async (response: Response): Promise<Trouble> => {
  const text = await response.text()
  try {
    const { code, detail, errors } = JSON.parse(text) as Problem
    return { status: response.status, code, detail, errors }
  } catch {
    return { status: response.status, code: 'error', detail: `${response.status} ${response.statusText}` }
  }
}

/** One question to the API. Never throws: that nobody answers is an answer, too. */
export const ask = async <T>(url: string, init: RequestInit = {}): Promise<Answer<T>> => {
  let response: Response
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(patienceMs), ...init })
  } catch {
    lost()
    return away('The observatory does not answer.')
  }
  heard()
  hearServerDate(response.headers.get('date'))
  if (!response.ok) return { ok: false, trouble: await troubleOf(response) }
  try {
    const data: T = response.status === 204 ? null : await response.json()
    return { ok: true, data, headers: response.headers }
  } catch {
    lost()
    return away('The answer broke off.')
  }
}

/** Tells the API to do something; each telling has a key of its own, so that a repeat has one effect. */
export const tell = <T>(
  url: string,
  body: unknown = undefined,
  { method = 'POST', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer<T>> =>
  ask<T>(url, {
    method,
    signal: AbortSignal.timeout(60_000),
    headers: {
      'x-noctuary-csrf': '1',
      'idempotency-key': crypto.randomUUID(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
