import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemSchema } from '#api/http/problem.ts'
import { readServerSent, type ServerSent } from '#api/live/server-sent.ts'
import { nightReportSchema } from '#domain/night/report-schema.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { answered, fine, rejectedAt, seconds, unanswered } from '#test/support/recorded-night.ts'
import { recordedObservatory } from '#test/support/recorded-observatory.ts'

const stack = new AsyncDisposableStack()
let observatory: Awaited<ReturnType<typeof recordedObservatory>>

// Fine from 02:00:00 UTC and open from 02:20:00; rain from 02:25:00; a rejected answer; no answer from 02:26:00 on.
const night = [
  ...seconds(0, 1490).map((second) => answered(second)),
  ...seconds(1500, 1540).map((second) => answered(second, fine(second, { rain: 3 }))),
  rejectedAt(1550),
  ...seconds(1560, 1600).map(unanswered),
]

beforeAll(async () => {
  observatory = stack.use(await recordedObservatory(night, epochMsOf('2026-11-21T02:30:00.000Z')))
})
afterAll(() => stack.disposeAsync())

const report = (accept: string, of = '2026-11-20') =>
  fetch(`${observatory.url}/api/nights/${of}/report`, { headers: { accept } })

const noctuary = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['api/main.ts', ...args, '--url', observatory.url],
      (_, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    )
  })

/** Drives the clock until the work is done: nothing else sleeps on it. */
const driving = async <T>(work: Promise<T>): Promise<T> => {
  let done = false
  const finished = work.finally(() => {
    done = true
  })
  while (!done) await observatory.clock.advanceBy(1_000)
  return finished
}

const replayed = async (query: string): Promise<ServerSent[]> => {
  const { body, headers } = await fetch(`${observatory.url}/api/nights/2026-11-20/replay?${query}`)
  expect(headers.get('content-type')).toContain('text/event-stream')
  const all = async () => {
    const events: ServerSent[] = []
    for await (const event of readServerSent(body ?? new ReadableStream())) events.push(event)
    return events
  }
  return driving(all())
}

describe('GET /api/nights/:night/report', () => {
  it('is JSON for a program', async () => {
    const answer = await report('*/*')
    const body = nightReportSchema.parse(await answer.json())
    expect(body).toMatchObject({ night: '2026-11-20', asOf: '2026-11-21T02:30:00.000Z' })
    expect(body.spentS).toMatchObject({ safe: 300, unwatched: 0 })
    expect(body.rain).toMatchObject([{ from: '2026-11-21T02:25:00.000Z', maxMmH: 3 }])
    expect(body.plc).toMatchObject({ outages: [{ to: null }], rejected: { count: 1 } })
    expect(body.events.simulated).toBe(body.events.count)
  })

  it('is a page for a browser, which loads nothing and runs nothing', async () => {
    const answer = await report('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8')
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'",
    )
    const page = await answer.text()
    expect(page).toMatch(/^<!doctype html>/)
    expect(page).toContain('<h1>Night of 20 November 2026</h1>')
    expect(page).not.toMatch(/<script|<link|src=|https?:/)
    expect(page).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('is text for a terminal', async () => {
    const text = await (await report('text/plain')).text()
    expect(text).toContain('02:25:00 UTC   unsafe')
    expect(text).toContain('Nothing on record of: observing')
  })

  it('is refused as anything else', async () => {
    const answer = await report('image/png')
    expect(problemSchema.parse(await answer.json())).toMatchObject({ status: 406, code: 'not_acceptable' })
  })

  it.each(['report', 'replay'])('of a night that is not there is a 404 (%s)', async (face) => {
    const answer = await fetch(`${observatory.url}/api/nights/1999-12-31/${face}`)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({
      code: 'night_unknown',
      detail:
        'Nothing is on record of the night of 1999-12-31; the nights on record go from 2026-11-20 to 2026-11-20.',
    })
    expect((await fetch(`${observatory.url}/api/nights/2026-02-30/${face}`)).status).toBe(400)
  })
})

describe('GET /api/nights/:night/replay', () => {
  it('plays the night in time, and changes nothing', async () => {
    const before = await observatory.everything()
    const [from, events] = [observatory.clock.now(), await replayed('speed=60')]
    expect(events.at(-1)?.event).toBe('end')
    const sentences = events
      .filter(({ event }) => event === 'event')
      .map(({ data }) => JSON.parse(data).sentence)
    expect(sentences).toEqual([
      expect.stringMatching(/^became unsafe/),
      expect.stringMatching(/^still unsafe, on other grounds/),
      expect.stringMatching(/^still unsafe, on other grounds/),
      'became safe: every quantity is within its limits',
      expect.stringMatching(/^became unsafe: rain/),
      expect.stringMatching(/^PLC answer rejected/),
      expect.stringMatching(/^PLC at 127.0.0.1:5003 does not answer/),
      'too old to trust: rain',
      expect.stringMatching(/^became unknown/),
      expect.stringMatching(/^too old to trust: wind/),
      expect.stringMatching(/^still unknown/),
    ])
    // 02:00:00 to 02:26:20, sixty to one.
    expect(observatory.clock.now() - from).toBeGreaterThanOrEqual(26_000)
    expect(await observatory.everything()).toEqual(before)
  })

  it('begins where it is told', async () => {
    const [first, ...rest] = await replayed('speed=1000&at=02:24')
    expect(first?.event).toBe('before')
    expect(JSON.parse(first?.data ?? '')).toMatchObject({
      last: { sentence: expect.stringMatching(/^became safe/) },
    })
    expect(JSON.parse(rest[0]?.data ?? '').sentence).toMatch(/^became unsafe: rain/)
  })

  it('gives every event when asked', async () => {
    const { count } = nightReportSchema.parse(await (await report('*/*')).json()).events
    expect((await replayed('speed=100000&all=true')).filter(({ event }) => event === 'event')).toHaveLength(
      count,
    )
  })

  it('stops when the client goes', async () => {
    const gone = new AbortController()
    const { body } = await fetch(`${observatory.url}/api/nights/2026-11-20/replay?speed=0.1`, {
      signal: gone.signal,
    })
    await body?.getReader().read()
    while (observatory.clock.pending() === 0) await observatory.clock.advanceBy(0)
    gone.abort()
    while (observatory.clock.pending() > 0) await observatory.clock.advanceBy(0)
    expect(observatory.clock.pending()).toBe(0)
  })

  it('has an end to how many go on at once, and room again when they have ended', async () => {
    const gone = new AbortController()
    const start = () =>
      fetch(`${observatory.url}/api/nights/2026-11-20/replay?speed=0.1`, { signal: gone.signal })
    const started = await Promise.all(Array.from({ length: 16 }, start))
    expect(started.map(({ status }) => status)).toEqual(Array(16).fill(200))
    const refused = await start()
    expect(refused.status).toBe(503)
    expect(problemSchema.parse(await refused.json()).code).toBe('too_many_replays')
    gone.abort()
    while (observatory.clock.pending() > 0) await observatory.clock.advanceBy(0)
    expect((await replayed('speed=100000')).at(-1)?.event).toBe('end')
  })

  it('tells a browser that comes back after the end not to', async () => {
    const answer = await fetch(`${observatory.url}/api/nights/2026-11-20/replay`, {
      headers: { 'last-event-id': 'end' },
    })
    expect(answer.status).toBe(204)
  })

  it.each([
    ['speed=0', 'invalid_request', 'a speed is 0.1 to 100000'],
    ['speed=fast', 'invalid_request', 'a speed is 0.1 to 100000'],
    ['all=yes', 'invalid_request', 'querystring/all'],
    ['at=25:00', 'invalid_time', 'give a UTC time of day'],
    ['at=2026-11-25T00:00:00Z', 'invalid_time', 'is no time of the night of 2026-11-20'],
  ])('refuses ?%s', async (query, code, words) => {
    const answer = await fetch(`${observatory.url}/api/nights/2026-11-20/replay?${query}`)
    const problem = problemSchema.parse(await answer.json())
    expect([answer.status, problem.code]).toEqual([400, code])
    expect(problem.detail).toContain(words)
  })
})

describe('the commands of the auditor', () => {
  it('noctuary night prints the report, as text, JSON or a page', async () => {
    expect((await noctuary('night', '2026-11-20')).out).toMatch(
      /^Night of 2026-11-20 at OSM-Mexico, still on/,
    )
    nightReportSchema.parse(JSON.parse((await noctuary('night', '2026-11-20', '--json')).out))
    expect((await noctuary('night', '2026-11-20', '--html')).out).toMatch(/^<!doctype html>/)
  })

  it('noctuary why tells the story of the verdict, and now how things stand', async () => {
    const { out, code } = await noctuary('why', 'verdict')
    expect(code).toBe(0)
    expect(out).toMatch(/^2026-11-21 02:26:\d\d UTC {2}SafetyVerdictGiven: still unknown/)
    expect(out).toMatch(/EnvironmentWentStale: too old to trust: wind/)
    expect(out).toMatch(/VantagePro sent .*RainRate 3 mm\/h/)
    expect(out).toMatch(/given by agent environment-monitor\n/)
    const now = await noctuary('why', 'now')
    expect(now.out).toMatch(/the roof must be closed: unknown since/)
    expect(now.out).toMatch(/disk|ups 100 %: safe/)
  })

  it('noctuary replay plays it to the terminal', async () => {
    const { out, code } = await driving(noctuary('replay', '2026-11-20', '--at', '02:24', '--speed', '600'))
    expect(code).toBe(0)
    expect(out.split('\n').slice(0, 3)).toEqual([
      '02:20:00 UTC  became safe: every quantity is within its limits',
      expect.stringMatching(/^\(\d+ events before\)$/),
      expect.stringMatching(/^02:25:00 UTC {2}became unsafe: rain/),
    ])
  })

  it.each([
    [5, ['night', '1999-12-31'], 'the nights on record go from'],
    [2, ['night', '2026-02-30'], 'a night is the date of its evening'],
    [5, ['replay', '1999-12-31'], 'Nothing is on record'],
    [2, ['replay', '2026-11-20', '--at', '27:00'], 'is no time of the night'],
    [15, ['why', '00000000-0000-4000-8000-000000000000'], 'No event 00000000'],
    [2, ['why', 'that'], 'neither an event'],
  ])('end with %i for %j, saying why', async (code, args, words) => {
    const ended = await noctuary(...args)
    expect([ended.code, ended.out]).toEqual([code, ''])
    expect(ended.err).toContain(words)
  })
})
