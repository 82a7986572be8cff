import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { healthOf } from '#api/health.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import { defaultStrategies } from '#domain/alerts/default-strategies.ts'
import { sanPedroMartir as site } from '#domain/shared/site.ts'
import { alerts } from '#projections/alerts/projection.ts'
import { readModels } from '#projections/read-database.ts'
import { actingFor, localAccess, locally } from '#test/support/access.ts'
import { startAlertChain } from '#test/support/alert-chain.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import { startRunning } from '#test/support/running-projections.ts'

const stack = new AsyncDisposableStack()
let url: string
let chain: Awaited<ReturnType<typeof startAlertChain>>
let running: ReturnType<typeof startRunning>

beforeAll(async () => {
  const { store } = stack.use(await freshEventStore())
  const { pool } = stack.use(await freshDatabase())
  chain = stack.use(await startAlertChain(store, '2026-11-21T04:00:35.000Z'))
  running = stack.use(startRunning([alerts], { pool, feed: store }))
  const server = await makeServer({
    access: localAccess,
    db: readModels(pool),
    site,
    events: store,
    alerts: { store, receive: chain.receive },
    clock: chain.clock,
    health: async () => healthOf([], [], systemClock),
    metrics: makeMetrics(),
    logger: pino({ level: 'silent' }),
  })
  stack.defer(() => server.close())
  url = await server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => stack.disposeAsync())

const ask = async (path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const post = { method: 'POST', body: JSON.stringify(body) }
  const answer = await fetch(`${url}${path}`, {
    headers: { 'content-type': 'application/json', ...locally, ...headers },
    ...(body === undefined ? { headers } : post),
  })
  // biome-ignore lint/suspicious/noExplicitAny: an answer may be anything; the test says what it should be.
  const json: any = await answer.json()
  return { status: answer.status, headers: answer.headers, body: json }
}

/** Resolves when the read model has what stands at a position of the log. */
const shown = (position: bigint) =>
  running.until(({ role, checkpoint }) => role === 'live' && (checkpoint.position?.commit ?? 0n) >= position)

describe('alerts over HTTP', () => {
  it('P35 an alert is shown with its notices, verdicts, request, and how long each step took', async () => {
    await chain.send('swift-bat.xml')
    await chain.send('swift-slew.xml')
    await chain.event('TriggerNoticeAdded')
    await shown((await chain.event('RequestSubmitted')).position.commit)
    const { status, body } = await ask('/api/alerts/swift-1300001')
    expect(status).toBe(200)
    expect(body.alert).toMatchObject({
      mission: 'swift',
      outcome: 'observe',
      strategy: 'grb-prompt',
      request_id: 'alert-swift-1300001',
      error_deg: 0.05,
    })
    expect(body.requests).toMatchObject([{ request_id: 'alert-swift-1300001', sequences: 1 }])
    const steps = body.steps.map(({ type }: { type: string }) => type)
    expect(steps.slice(0, 3)).toEqual(['TriggerOpened', 'TriggerJudged', 'AlertRequestMade'])
    expect(body.latencyMs).toMatchObject({ judged: 0, requested: 0, submitted: 0, observed: null })
  })

  it('the list has every alert, newest first', async () => {
    await chain.send('fermi-gbm-alert.xml')
    const judged = await chain.event('TriggerJudged', ({ stream }) => stream.includes('fermi'))
    await shown(judged.position.commit)
    const { body } = await ask('/api/alerts')
    expect(body.items.map(({ trigger }: { trigger: string }) => trigger)).toEqual([
      'fermi-gbm-816000001',
      'swift-1300001',
    ])
    expect((await ask('/api/alerts?outcome=wait')).body.items).toHaveLength(1)
  })

  it('P35 a fake alert goes the real way and is marked', async () => {
    const fake = { raDeg: 50, decDeg: 30 }
    const key = { 'idempotency-key': 'once', ...actingFor('ana') }
    const { status, body, headers } = await ask('/api/alerts/fake', fake, key)
    expect(status).toBe(202)
    expect(headers.get('location')).toBe(`/api/alerts/${body.trigger}`)
    expect((await ask('/api/alerts/fake', fake, key)).body).toEqual(body)
    const submitted = await chain.event('RequestSubmitted', ({ stream }) => stream.includes('drill'))
    await shown(submitted.position.commit)
    const { alert } = (await ask(`/api/alerts/${body.trigger}`)).body
    expect(alert).toMatchObject({ simulated: true, outcome: 'observe', test_signs: expect.any(Array) })
  })

  it('P35 a cancelled alert has its request withdrawn', async () => {
    const { status } = await ask('/api/alerts/swift-1300001/cancel', { why: 'clouds' })
    expect(status).toBe(202)
    const withdrawn = await chain.event('RequestWithdrawn')
    expect(withdrawn.data).toMatchObject({ requestId: 'alert-swift-1300001', why: 'clouds' })
    await shown(withdrawn.position.commit)
    const { alert } = (await ask('/api/alerts/swift-1300001')).body
    expect(alert).toMatchObject({ cancelled: true, request_state: 'withdrawn' })
  })

  it('an alert that nobody knows is not found', async () => {
    expect(await ask('/api/alerts/swift-1')).toMatchObject({ status: 404, body: { code: 'alert_unknown' } })
    const cancel = await ask('/api/alerts/swift-1/cancel', {})
    expect(cancel).toMatchObject({ status: 404, body: { code: 'alert_unknown' } })
  })

  it('a strategy is adopted, with its faults named by their paths', async () => {
    const [strategy] = defaultStrategies
    const gates = { ...strategy?.gates, maxAgeS: 60 }
    const taken = await ask('/api/alerts/strategies', { ...strategy, gates })
    expect(taken).toMatchObject({ status: 201, body: { name: 'grb-prompt', strategyVersion: 2 } })
    const adopted = await chain.event('StrategyAdopted', ({ data }) =>
      JSON.stringify(data).includes('"strategyVersion":2'),
    )
    await shown(adopted.position.commit)
    const { items } = (await ask('/api/alerts/strategies')).body
    expect(items).toHaveLength(defaultStrategies.length)
    const refused = await ask('/api/alerts/strategies', {
      ...strategy,
      gates: { ...gates, maxAgeS: -1, maxAgeMin: 3 },
    })
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toContain('body/gates/maxAgeS')
  })

  it('what cannot be read is listed with its reason', async () => {
    const receipt = await chain.receive({
      raw: new TextEncoder().encode('ERROR: no such topic'),
      source: { kind: 'api', address: '127.0.0.1' },
      receivedAt: '2026-11-21T04:00:36.000Z',
    })
    await shown(receipt.position.commit)
    const { items } = (await ask('/api/alerts/notices?state=quarantined')).body
    expect(items).toMatchObject([{ reason: 'not-a-notice: neither XML nor a JSON object' }])
  })
})
