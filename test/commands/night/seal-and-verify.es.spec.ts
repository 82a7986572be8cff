import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NightUnknown } from '#commands/night/night-events.ts'
import type { NightLog } from '#commands/night/night-log.ts'
import { NightNotOver, sealNight } from '#commands/night/seal-night.ts'
import { NightNotSealed, sealedNights, verifyNight } from '#commands/night/verify-night.ts'
import type { StoredEvent } from '#domain/night/hash-chain.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { answered, dusk, night, record, seconds, site } from '#test/support/recorded-night.ts'

const about = { occurredAt: dusk, correlationId: randomUUID(), causationId: randomUUID(), schemaVersion: 1 }
const metadata = { ...about, actor: { kind: 'program', id: 'test' }, site, night }

/** Of a type that this program does not know. */
const foreign = (stream: string, revision: bigint, more: object = {}): StoredEvent => ({
  id: randomUUID(),
  type: 'AgentActivated',
  stream,
  revision,
  contentType: 'application/json',
  metadata: { ...metadata, ...more },
  data: { by: 'a newer program', revision: Number(revision) },
})

const command = {
  site,
  night,
  at: dusk,
  current: '2026-11-21',
  actor: { kind: 'program', id: 'test' },
} as const

const all = async (log: NightLog): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = []
  for await (const batch of log.scan({ streams: '^[^$]' })) events.push(...batch)
  return events
}

/** Another log with the events of the first, as an attacker would leave them. */
const copied = async (from: NightLog, change: (event: StoredEvent) => StoredEvent | null) => {
  const other = await freshEventStore()
  for (const event of await all(from)) {
    const changed = change(event)
    if (changed)
      await other.store.nights.append(
        changed.stream,
        [changed],
        await other.store.nights.lastRevision(changed.stream),
      )
  }
  return other
}

let sealed: FreshEventStore
beforeAll(async () => {
  sealed = await freshEventStore()
  const { store } = sealed
  await record(
    store,
    seconds(0, 300).map((second) => answered(second)),
  )
  // A stream without a date: its events of other nights are no part of this one.
  await store.nights.append(
    'agent-dome',
    [0n, 1n].map((r) => foreign('agent-dome', r)),
    'none',
  )
  await store.nights.append('agent-dome', [foreign('agent-dome', 2n, { night: '2026-11-21' })], 1n)
  await store.nights.append('agent-dome', [foreign('agent-dome', 3n)], 2n)
  await store.nights.append('agent-mirror', [foreign('agent-mirror', 0n, { site: 'elsewhere' })], 'none')
  await sealNight(command, { store, log: store.nights, marksPerPage: 40 })
})
afterAll(() => sealed[Symbol.asyncDispose]())

describe('a sealed night', () => {
  it('counts every event of the night and site, whatever wrote it, in pages that fit into an append', async () => {
    const events = await all(sealed.store.nights)
    const seal = events.find(({ type }) => type === 'NightSealed')
    const own = events.filter(({ stream }) => stream === `environment-${site}-${night}`)
    expect(seal?.data).toMatchObject({
      count: own.length + 3,
      streams: [
        { stream: 'agent-dome', count: 3, firstRevision: 0, lastRevision: 3 },
        { stream: `environment-${site}-${night}`, count: own.length, firstRevision: 0 },
      ],
    })
    expect(events.filter(({ type }) => type === 'NightEventsHashed').length).toBeGreaterThan(3)
    expect(seal?.stream).toBe(`night-${site}-${night}`)
  })

  it('is found intact', async () => {
    expect(await verifyNight(sealed.store.nights, { site, night })).toMatchObject({
      outcome: 'intact',
      changed: 0,
      missing: 0,
      added: 0,
      first: null,
      sealFault: null,
    })
    expect(await sealedNights(sealed.store.nights, site)).toEqual([night])
  })

  it('keeps its seal when it is sealed again', async () => {
    const before = await all(sealed.store.nights)
    const again = await sealNight(command, { store: sealed.store, log: sealed.store.nights })
    expect(again.already).toBe(true)
    expect(await all(sealed.store.nights)).toEqual(before)
  })

  it('is intact after a copy into another log with other positions', async () => {
    await using other = await copied(sealed.store.nights, (event) => event)
    expect(await verifyNight(other.store.nights, { site, night })).toMatchObject({ outcome: 'intact' })
  })

  it('names the first event that was changed', async () => {
    await using other = await copied(sealed.store.nights, (event) =>
      event.stream.startsWith('environment-') && event.revision >= 7n
        ? { ...event, data: { ...(event.data as object), forged: true } }
        : event,
    )
    const check = await verifyNight(other.store.nights, { site, night })
    expect(check.outcome).toBe('differs')
    expect(check.first).toMatchObject({
      kind: 'changed',
      stream: `environment-${site}-${night}`,
      revision: 7,
      id: expect.any(String),
      type: expect.any(String),
    })
  })

  it('names the first event that is missing', async () => {
    await using other = await copied(sealed.store.nights, (event) =>
      event.stream === 'agent-dome' && event.revision === 3n ? null : event,
    )
    const check = await verifyNight(other.store.nights, { site, night })
    expect(check).toMatchObject({ outcome: 'differs', missing: 1, changed: 0, added: 0 })
    expect(check.first).toMatchObject({ kind: 'missing', stream: 'agent-dome', revision: 3, id: null })
  })

  it('tells what came after the seal from what differs', async () => {
    await using other = await copied(sealed.store.nights, (event) => event)
    const late = foreign('agent-late', 0n)
    await other.store.nights.append(late.stream, [late], 'none')
    const check = await verifyNight(other.store.nights, { site, night })
    expect(check).toMatchObject({ outcome: 'late', added: 1, changed: 0, missing: 0 })
    expect(check.first).toMatchObject({ kind: 'added', stream: 'agent-late', revision: 0, id: late.id })
  })

  it('does not believe a seal that contradicts itself', async () => {
    await using other = await copied(sealed.store.nights, (event) =>
      event.type === 'NightSealed'
        ? { ...event, data: { ...(event.data as object), rootHash: '0'.repeat(64) } }
        : event,
    )
    const check = await verifyNight(other.store.nights, { site, night })
    expect(check.outcome).toBe('differs')
    expect(check.sealFault).toContain('root hash')
  })

  it('is not sealed before it is over, nor without events, nor verified without a seal', async () => {
    const { store } = sealed
    const parts = { store, log: store.nights }
    await expect(sealNight({ ...command, current: night }, parts)).rejects.toBeInstanceOf(NightNotOver)
    await expect(sealNight({ ...command, night: '2020-01-01' }, parts)).rejects.toBeInstanceOf(NightUnknown)
    await expect(verifyNight(store.nights, { site, night: '2020-01-01' })).rejects.toBeInstanceOf(
      NightUnknown,
    )
    await expect(verifyNight(store.nights, { site, night: '2026-11-21' })).rejects.toBeInstanceOf(
      NightNotSealed,
    )
  })
})

describe('sealing a night', () => {
  it('carries on where an attempt was cut off, and two at once make one seal', async () => {
    await using fresh = await freshEventStore()
    const { store } = fresh
    await record(
      store,
      seconds(0, 200).map((second) => answered(second)),
    )
    let left = 2
    const failing: typeof store = {
      ...store,
      append: (...given) =>
        left-- > 0 ? store.append(...given) : Promise.reject(new Error('the power went')),
    }
    const parts = { log: store.nights, marksPerPage: 40 }
    await expect(sealNight(command, { ...parts, store: failing })).rejects.toThrow('the power went')
    await expect(verifyNight(store.nights, { site, night })).rejects.toBeInstanceOf(NightNotSealed)
    const both = await Promise.all([1, 2].map(() => sealNight(command, { ...parts, store })))
    const seals = (await all(store.nights)).filter(({ type }) => type === 'NightSealed')
    expect(seals).toHaveLength(1)
    const roots = both.map(({ sealed: { rootHash } }) => ({ rootHash }))
    expect(seals.map(({ data }) => data)).toEqual([expect.objectContaining(roots[0])])
    expect(roots[1]).toEqual(roots[0])
    expect(await verifyNight(store.nights, { site, night })).toMatchObject({ outcome: 'intact' })
  })

  it('takes nothing from an attempt that was cut off before more events came', async () => {
    await using fresh = await freshEventStore()
    const { store } = fresh
    await record(
      store,
      seconds(0, 200).map((second) => answered(second)),
    )
    const parts = { log: store.nights, marksPerPage: 40 }
    const append: typeof store.append = async (stream, events, expected) => {
      if (events.some(({ type }) => type === 'NightSealed')) throw new Error('the power went')
      return store.append(stream, events, expected)
    }
    await expect(sealNight(command, { ...parts, store: { ...store, append } })).rejects.toThrow()
    await record(store, [answered(210)])
    await sealNight(command, { ...parts, store })
    expect(await verifyNight(store.nights, { site, night })).toMatchObject({ outcome: 'intact', added: 0 })
  })
})
