import { afterAll, beforeAll, expect, it } from 'vitest'
import { projections } from '#projections/catalogue.ts'
import { locally } from '#test/support/access.ts'
import { startRunning } from '#test/support/running-projections.ts'
import { doorOf } from '#test/support/signing-in.ts'
import { wholeApi } from '#test/support/whole-api.ts'

const stack = new AsyncDisposableStack()
let api: Awaited<ReturnType<typeof wholeApi>>
type Parameter = { readonly name: string; readonly in: string }
type Paths = Readonly<Record<string, { readonly get?: { readonly parameters?: readonly Parameter[] } }>>

beforeAll(async () => {
  api = stack.use(await wholeApi())
  const running = stack.use(startRunning(projections, { pool: api.pool, feed: api.store }))
  for (const { name } of projections)
    await running.until((status) => status.name === name && status.state === 'live')
})
afterAll(() => stack.disposeAsync())

const odd = ['%00', 'yesterday', '-3', '9'.repeat(40), "'%3B--", '%F0%9F%94%AD']
const places = new Set(['before', 'after', 'at', 'position', 'min-position', 'limit'])

/** What stands in a path for what is not asked about. */
const filled = (url: string): string =>
  url
    .replaceAll('{night}', '2026-11-20')
    .replaceAll('{name}', 'dome')
    .replaceAll(/\{\w+\}/g, '1')

it('whatever stands in an address is no defect, and a place that is none is 400', async () => {
  const { ask } = doorOf(api)
  const { body } = await ask('GET', '/api/openapi.json')
  const paths: Paths = body.paths
  const asked = Object.entries(paths).flatMap(([url, { get }]) =>
    (get?.parameters ?? [])
      // A live stream has its own tests, and no end.
      .filter((parameter) => (parameter.in === 'query' || parameter.in === 'path') && url !== '/api/live')
      .flatMap(({ name, in: where }) =>
        odd.map((value) => ({
          name,
          address:
            where === 'query' ? `${filled(url)}?${name}=${value}` : filled(url.replace(`{${name}}`, value)),
        })),
      ),
  )
  expect(asked.length).toBeGreaterThan(500)
  const wrong: string[] = []
  for (const { name, address } of asked) {
    const { status } = await ask('GET', address, { headers: locally })
    const isDefect = status === 500 || (places.has(name) && status === 200)
    if (isDefect) wrong.push(`${status} ${address}`)
  }
  expect(wrong).toEqual([])
})
