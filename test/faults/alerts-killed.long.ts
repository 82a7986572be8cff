import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { freePort } from '#adapters/postgres/embedded/free-port.ts'
import { sendAsAuthor } from '#adapters/vtp/author.ts'
import { steadyFeed } from '#commands/process/steady-feed.ts'
import { seeded } from '#domain/planning/search/random.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { noticeXml } from '#simulators/alert-notice.ts'
import { raEastOfMeridian, siteAtMidnight } from '#test/support/night-now.ts'
import { testFolder } from '#test/support/test-folder.ts'

const notices = 24
const starters = ['eventstore', 'alerts', 'planner'] as const
type Starter = (typeof starters)[number]

/** The three as processes of their own, each started again as soon as it is killed. */
const startAll = (settings: Readonly<Record<Starter, NodeJS.ProcessEnv>>) => {
  const children = new Map<Starter, ChildProcess>()
  const start = (starter: Starter) =>
    children.set(
      starter,
      spawn(process.execPath, ['api/main.ts', 'start', '--only', starter], {
        env: { ...process.env, ...settings[starter] },
        stdio: 'ignore',
      }),
    )
  const end = async (starter: Starter) => {
    const child = children.get(starter)
    if (!child) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
  for (const starter of starters) start(starter)
  return {
    kill: async (starter: Starter) => {
      await end(starter)
      start(starter)
    },
    [Symbol.asyncDispose]: async () => {
      for (const starter of starters) await end(starter)
    },
  }
}

const requestOf = ({ data }: Recorded): string => String((data as { requestId?: unknown }).requestId)

it('P33, A8 whichever of event store, alerts and planner is killed, each notice acknowledged leaves one trigger and one request, and is planned', {
  timeout: 300_000,
}, async () => {
  const folder = await testFolder()
  const site = siteAtMidnight(Date.now())
  const [storePort, authorPort] = [await freePort(), await freePort()]
  const url = `esdb://127.0.0.1:${storePort}?tls=false`
  const common = {
    SITE: JSON.stringify(site),
    LOG_LEVEL: 'silent',
    EVENTSTORE_URL: url,
    ALERT_SIMULATOR_PORT: '0',
    ALERT_AUTHOR_PORT: `${authorPort}`,
    ALERT_AUTHORS: '127.0.0.1',
  }
  await using all = startAll({
    eventstore: { DATA_DIR: `${folder.path}/log`, EVENTSTORE_PORT: `${storePort}`, LOG_LEVEL: 'silent' },
    alerts: { ...common, DATA_DIR: `${folder.path}/alerts` },
    planner: { ...common, DATA_DIR: `${folder.path}/planner` },
  })
  const random = seeded(7)
  const signal = AbortSignal.timeout(240_000)
  const authors = { host: '127.0.0.1', port: authorPort }

  /** As an author does it: again, until somebody says that he has it. */
  const send = async (raw: Uint8Array): Promise<void> => {
    for (;;) {
      signal.throwIfAborted()
      const answer = await sendAsAuthor(raw, authors, { timeoutMs: 5_000, signal }).catch(() => null)
      if (answer?.answer === 'ack') return
    }
  }

  for (let n = 0; n < notices; n++) {
    const now = Date.now()
    const xml = noticeXml({
      kind: 'swift-bat',
      trigger: `${5_000_000 + n}`,
      raDeg: raEastOfMeridian(site, now, n),
      decDeg: 25,
      errorRadiusDeg: 0.05,
      eventAt: now - 5_000,
      issuedAt: now,
      serial: 1,
    })
    const killed = starters[Math.floor(random() * starters.length)] ?? 'alerts'
    const sent = send(new TextEncoder().encode(xml))
    await Promise.all([sent, n > 0 ? all.kill(killed) : null])
  }

  const store = openEventStore(url)
  const events: Recorded[] = []
  const over = new AbortController()
  const types = ['NoticeReceived', 'TriggerOpened', 'TriggerJudged', 'RequestSubmitted', 'SchedulePublished']
  const planned = new Set<string>()
  try {
    const whole = { feed: store, clock: systemClock, types, after: null, onTrouble: () => {} }
    for await (const batch of steadyFeed(whole, over.signal)) {
      events.push(...batch.events)
      for (const event of batch.events)
        if (event.type === 'SchedulePublished')
          for (const [request] of JSON.stringify(event.data).matchAll(/alert-swift-\d+(?=")/g))
            planned.add(request)
      const submitted = events.filter(({ type }) => type === 'RequestSubmitted')
      const judged = events.filter(({ type }) => type === 'TriggerJudged')
      if (judged.length >= notices && submitted.every((event) => planned.has(requestOf(event)))) over.abort()
      signal.throwIfAborted()
    }
  } finally {
    await store.close()
  }
  const count = (wanted: string) => events.filter(({ type }) => type === wanted).length
  expect(count('NoticeReceived')).toBe(notices)
  expect(count('TriggerOpened')).toBe(notices)
  expect(count('TriggerJudged')).toBe(notices)
  const requests = events.filter(({ type }) => type === 'RequestSubmitted').map(requestOf)
  // As many as the strategy allows one mission in a night.
  expect(requests).toHaveLength(6)
  expect(new Set(requests).size).toBe(6)
})
