import { setTimeout as nextTick } from 'node:timers/promises'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VirtualClock } from '#adapters/virtual-clock.ts'
import { bodyExamples } from '#api/http/examples.ts'
import { problemCodes } from '#api/http/problem-codes.ts'
import { actingFor, locally } from '#test/support/access.ts'
import { formGiven } from '#test/support/requests.ts'
import { startRequestsApi } from '#test/support/requests-api.ts'
import { doorOf } from '#test/support/signing-in.ts'
import { wholeApi } from '#test/support/whole-api.ts'

let api: Awaited<ReturnType<typeof wholeApi>>
let door: ReturnType<typeof doorOf>

beforeAll(async () => {
  api = await wholeApi()
  door = doorOf(api)
})
afterAll(() => api?.[Symbol.asyncDispose]())

describe('every answer', () => {
  it('forbids browsers what our page does not need', async () => {
    const { headers } = await door.ask('GET', '/health')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'self';script-src 'self';style-src 'self';img-src 'self' data: blob:;object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
  })

  it('travels compressed where that is worth it', async () => {
    const encoded = async (accepted: string, where = '/api/openapi.json') => {
      const answer = await fetch(`${api.url}${where}`, {
        headers: { ...locally, 'accept-encoding': accepted },
      })
      await answer.arrayBuffer()
      return answer.headers.get('content-encoding')
    }
    expect(await encoded('gzip, br')).toBe('br')
    expect(await encoded('gzip')).toBe('gzip')
    expect(await encoded('identity')).toBeNull()
    expect(await encoded('br', '/health')).toBeNull()
  })

  it('is 304 for who has seen it', async () => {
    const { headers } = await door
      .ask('GET', '/api/projections', { headers: locally })
      .then(() => door.ask('GET', '/api/openapi.json'))
    const etag = headers.get('etag') ?? ''
    const again = await door.ask('GET', '/api/openapi.json', {
      headers: { 'if-none-match': `"x", W/${etag}` },
    })
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', etag])
    const other = await door.ask('GET', '/api/openapi.json', { headers: { 'if-none-match': '"x"' } })
    expect(other.status).toBe(200)
  })
})

/** Without a socket: a thousand of them are the machine's work, not ours. */
const guess = async (user: string, password: string) => {
  const answer = await api.server.inject({ method: 'POST', url: '/api/session', payload: { user, password } })
  return { status: answer.statusCode, headers: answer.headers, code: answer.json<{ code: string }>().code }
}

describe('what is too much', () => {
  it.each([
    ['POST', '/api/session', { user: 'ana', password: 'x'.repeat(70_000) }, 413, 'body_too_large'],
    ['POST', '/api/session', { user: 'ana', password: 'x'.repeat(2_000) }, 400, 'invalid_request'],
    ['POST', '/api/users', 'y'.repeat(70_000), 413, 'body_too_large'],
    ['POST', '/api/requests', 'z'.repeat(300_000), 413, 'body_too_large'],
    ['POST', '/api/users', '{"id":', 400, 'invalid_json'],
  ])('%s %s is refused', async (method, where, body, status, code) => {
    const answer = await door.ask(method, where, { body, headers: locally })
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  it('a thousand sign-ins at once cost a few guesses; the rest are told when to come again', async () => {
    await door.register('ana', 'observer')
    await door.setPassword('ana')
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, i) => guess('ana', `guess number ${i}`)),
    )
    const by = Map.groupBy(answers, ({ code }) => code)
    expect([...by.keys()].sort()).toEqual(['sign_in_refused', 'sign_in_slowed'])
    expect(by.get('sign_in_refused')?.length).toBeLessThanOrEqual(6)
    const [slowed] = by.get('sign_in_slowed') ?? []
    expect([slowed?.status, slowed?.headers['retry-after']]).toEqual([
      429,
      expect.stringMatching(/^[1-9]\d*$/),
    ])
    // Right away even the right one is not looked at; in a while it is.
    expect((await door.signIn('ana')).status).toBe(429)
    await api.clock.advanceBy(60_000)
    expect((await door.signIn('ana')).status).toBe(200)
  })

  it('many names from one address are slowed, too, and nobody waits in a line without end', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => guess(`nobody-${i}`, 'a guess')))
    const codes = new Set(answers.map(({ code }) => code))
    expect(codes).toContain('sign_in_slowed')
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(21)
    await api.clock.advanceBy(60_000)
  })
})

/** Time moves by hand, and with it the next look: as fast as the answers to the looks come. */
const whileTimeGoes = async <T>(clock: VirtualClock, stepMs: number, answer: Promise<T>): Promise<T> => {
  let isOver = false
  const over = answer.finally(() => {
    isOver = true
  })
  while (!isOver) {
    await nextTick(20)
    await clock.advanceBy(stepMs)
  }
  return over
}

describe('?min-position=', () => {
  let requests: Awaited<ReturnType<typeof startRequestsApi>>
  beforeAll(async () => {
    requests = await startRequestsApi()
  })
  afterAll(() => requests?.[Symbol.asyncDispose]())

  it('waits until what was written shows', async () => {
    await requests.get('/api/requests')
    const made = await requests.send('POST', '/api/requests', { body: formGiven() })
    const position = made.headers.get('x-position')
    const list = requests.send('GET', `/api/requests?min-position=${position}`)
    // Time moves by hand here, and with it the next look.
    const { status, body } = await whileTimeGoes(requests.clock, 20, list)
    expect([status, body.items[0].id]).toEqual([200, made.body.id])
    const beyond = requests.send('GET', '/api/requests?min-position=999999999999')
    const late = await whileTimeGoes(requests.clock, 1_000, beyond)
    expect([late.status, late.body.code]).toEqual([504, 'not_there_yet'])
    expect(late.body.detail).toMatch(/^requests is at position \d+ and not at 999999999999 yet/)
    const odd = await requests.send('GET', '/api/requests?min-position=soon')
    expect([odd.status, odd.body.errors[0].path]).toEqual([400, 'querystring/min-position'])
  })

  it('an ETag with its print is as good for If-Match as the revision alone', async () => {
    const made = await requests.send('POST', '/api/requests?draft=true', { body: formGiven() })
    const where = `/api/requests/${made.body.id}`
    const shown = await requests.get(where)
    const etag = shown.headers.get('etag') ?? ''
    const revise = (name: string) =>
      requests.send('PUT', where, {
        body: { ...formGiven(), name },
        headers: { ...actingFor('ana'), 'if-match': etag },
      })
    expect((await revise('another name')).status).toBe(200)
    expect((await revise('a third name')).body.code).toBe('revision_outdated')
  })
})

describe('the description of the API', () => {
  it('is valid OpenAPI 3.1, says of each operation what it needs, and lists the codes', async () => {
    const { body } = await door.ask('GET', '/api/openapi.json')
    expect(await new Validator().validate(structuredClone(body))).toMatchObject({ valid: true })
    const operations = Object.values(body.paths).flatMap((path) => Object.values(Object(path)))
    expect(operations.length).toBeGreaterThan(80)
    for (const operation of operations)
      expect(operation).toMatchObject({
        summary: expect.any(String),
        description: expect.stringMatching(/For anyone|For people|Needs the right/),
        security: expect.any(Array),
        responses: { default: expect.anything(), 429: expect.anything() },
      })
    expect(body.components.schemas.Problem.properties.code.enum).toEqual(Object.keys(problemCodes))
    for (const code of Object.keys(problemCodes)) expect(body.info.description).toContain(`\`${code}\``)
  })

  it('has examples that are taken as they stand', async () => {
    const { body } = await door.ask('GET', '/api/openapi.json')
    const withBody = Object.entries<Record<string, { requestBody?: { content?: Record<string, object> } }>>(
      body.paths,
    ).flatMap(([url, path]) =>
      Object.entries(path).flatMap(([method, { requestBody }]) =>
        requestBody?.content?.['application/json'] ? [`${method.toUpperCase()} ${url}`] : [],
      ),
    )
    expect(withBody.toSorted()).toEqual(Object.keys(bodyExamples).toSorted())
    for (const [operation, example] of Object.entries(bodyExamples)) {
      const [method = '', url = ''] = operation.split(' ')
      const where = url
        .replace('{order}', 'start')
        .replace('{night}', '2026-11-20')
        .replaceAll(/\{\w+\}/g, 'none')
        .replace('/devices/none', '/devices/dome')
      const answer = await door.ask(method, where, { body: example, headers: locally })
      expect([operation, answer.body.code, answer.body.detail]).not.toEqual([
        operation,
        'invalid_request',
        expect.anything(),
      ])
    }
  })

  it('can be browsed under its own policy', async () => {
    const page = await door.ask('GET', '/api/docs/')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain("style-src 'self' 'unsafe-inline'")
    expect(page.body).not.toMatch(/<script>[^<]/)
  })
})
