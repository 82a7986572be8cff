import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import type { EventStore } from '#commands/event-store.ts'
import { QuotaKeeper } from '#commands/quotas/quota-keeper.ts'
import { catalogue } from '#domain/catalogue.ts'
import { isQuotaEvent } from '#domain/requests/quotas/sentences.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { type Happening, tell } from '#test/support/happenings.ts'
import {
  aborted,
  closed,
  finished,
  missed,
  published,
  started,
  submitted,
} from '#test/support/quota-story.ts'

const program = fileURLToPath(new URL('keeper.program.ts', import.meta.url))
const nights = ['2027-01-30', '2027-01-31', '2027-02-01', '2027-02-02']

/** Four nights over the end of a semester; the last plan moves what was not done into the next one. */
const story: Happening[] = [
  submitted(nights[0] ?? '', 'q'),
  submitted(nights[0] ?? '', 'r', { userId: 'ben' }),
  ...nights.flatMap((night, n) => [
    published(night, 1, [
      { sequenceId: 'q.1', chargeS: 600 },
      { sequenceId: 'q.2', chargeS: 300 },
      { sequenceId: 'r.1', chargeS: 100 + n },
    ]),
    published(night, 2, [
      { sequenceId: 'q.1', chargeS: 600 },
      { sequenceId: 'r.1', chargeS: 100 + n },
      { sequenceId: 'r.2', chargeS: 50 },
    ]),
    started(night, 'q.1', n + 1),
    n % 2 === 0 ? finished(night, 'q.1', 10, n + 1) : aborted(night, 'q.1', 3, n + 1),
    missed(night, 'r.2'),
    // The second night is never closed: its reservation moves on.
    ...(n === 1 ? [] : [closed(night)]),
  ]),
]

/** Runs a keeper in this process until it has seen all there is. */
const keepToTheEnd = async (store: OpenEventStore, writing: EventStore = store): Promise<void> => {
  const enough = new AbortController()
  const keeper = new QuotaKeeper({
    store: writing,
    feed: store,
    clock: systemClock,
    onProgress: ({ caughtUp }) => {
      if (caughtUp) enough.abort()
    },
  })
  await keeper.run(enough.signal)
}

const ledgersOf = async (store: OpenEventStore): Promise<Pick<Recorded, 'type' | 'data'>[]> => {
  const entries: Pick<Recorded, 'type' | 'data'>[] = []
  for (const period of ['2026B', '2027A'])
    for await (const { type, data } of store.readBackwards(`quota-${period}`)) entries.push({ type, data })
  return entries
}

const copyInto = async (to: OpenEventStore, from: OpenEventStore): Promise<void> => {
  const enough = new AbortController()
  for await (const { events, caughtUp } of from.follow([...catalogue.keys()], null, enough.signal)) {
    for (const { id, type, data, metadata, stream, revision } of events)
      await to.append(stream, [{ id, type, data, metadata }], revision === 0n ? 'none' : revision - 1n)
    if (caughtUp) break
  }
}

/** Runs the keeper in a process of its own and kills it at the n-th word it says. */
const killedAtWord = async (url: string, words: number): Promise<void> => {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, EVENTSTORE_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  let said = 0
  createInterface(child.stdout).on('line', () => {
    said += 1
    if (said === words) child.kill('SIGKILL')
  })
  await closed
}

describe('the quota keeper', () => {
  it('P52 killed with -9 before and after its appends, and started again, neither loses nor doubles', async () => {
    await using whole = await freshEventStore()
    await using broken = await freshEventStore()
    await Promise.all([whole, broken].map(({ store }) => tell(store, story)))
    await keepToTheEnd(whole.store)
    for (const words of [1, 2, 5, 6, 3]) await killedAtWord(broken.url, words)
    await keepToTheEnd(broken.store)
    const ledgers = await ledgersOf(broken.store)
    expect(ledgers).toEqual(await ledgersOf(whole.store))
    expect(ledgers.length).toBeGreaterThan(20)
  })

  it('writes nothing when it is started again with nothing new', async () => {
    await using log = await freshEventStore()
    await tell(log.store, story)
    await keepToTheEnd(log.store)
    const before = await log.store.head()
    await keepToTheEnd(log.store)
    expect(await log.store.head()).toEqual(before)
  })

  it('two at once write what one writes', async () => {
    await using one = await freshEventStore()
    await using two = await freshEventStore()
    await Promise.all([one, two].map(({ store }) => tell(store, story)))
    await keepToTheEnd(one.store)
    await Promise.all([keepToTheEnd(two.store), keepToTheEnd(two.store)])
    expect(await ledgersOf(two.store)).toEqual(await ledgersOf(one.store))
  })

  it('goes on after a grant that came between its look at the ledger and its entry', async () => {
    await using log = await freshEventStore()
    await tell(log.store, story)
    let granted = false
    const racing: EventStore = {
      ...log.store,
      append: async (stream, events, expected) => {
        if (!granted) {
          granted = true
          const [{ metadata } = { metadata: null }] = events
          if (!metadata) throw new Error('nothing to write')
          const account = { level: 'user', id: 'ana', period: '2026B' }
          const data = { account, seconds: 3600, why: 'allocation' }
          await log.store.append(
            stream,
            [{ id: '6d1f7b0e-90a8-4f3c-8f5e-0a4a3f0f6d11', type: 'QuotaGranted', data, metadata }],
            expected,
          )
        }
        return log.store.append(stream, events, expected)
      },
    }
    await keepToTheEnd(log.store, racing)
    const types: string[] = []
    for await (const event of log.store.readBackwards('quota-2026B'))
      if (isQuotaEvent(event)) types.unshift(event.type)
    expect(types.slice(0, 2)).toEqual(['QuotaGranted', 'QuotaReserved'])
    expect(types.filter((type) => type === 'QuotaGranted')).toHaveLength(1)
  })

  it('goes on in a copy of the log, where every event has another position', async () => {
    await using whole = await freshEventStore()
    await using copy = await freshEventStore()
    const half = Math.floor(story.length / 2)
    await tell(whole.store, story.slice(0, half))
    await keepToTheEnd(whole.store)
    await tell(copy.store, [closed('2020-01-01')], 900)
    await copyInto(copy.store, whole.store)
    for (const { store } of [whole, copy]) {
      await tell(store, story.slice(half), half)
      await keepToTheEnd(store)
    }
    expect(await ledgersOf(copy.store)).toEqual(await ledgersOf(whole.store))
  })
})
