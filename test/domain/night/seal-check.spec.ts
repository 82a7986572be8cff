import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { eventHash, type StoredEvent } from '#domain/night/hash-chain.ts'
import { NightHash } from '#domain/night/night-hash.ts'
import { nightSealer } from '#domain/night/night-sealer.ts'
import { sealEvents, sealIn } from '#domain/night/seal.ts'
import { SealComparison } from '#domain/night/seal-check.ts'
import { streamsThatMayHold } from '#domain/night/streams.ts'

const eventAt = (stream: string, revision: number, data: unknown): StoredEvent => ({
  id: `${stream}/${revision}`,
  type: 'Happened',
  stream,
  revision: BigInt(revision),
  contentType: 'application/json',
  metadata: {},
  data,
})

const sealOf = (events: readonly StoredEvent[], marksPerPage?: number) => {
  const hash = new NightHash()
  for (const event of events) hash.add(event, eventHash(event))
  const seal = sealIn(sealEvents('osm', '2026-11-20', hash, marksPerPage))
  if (!seal) throw new Error('there is a seal')
  return seal
}

const checked = (sealed: readonly StoredEvent[], found: readonly StoredEvent[], marksPerPage?: number) => {
  const comparison = new SealComparison(sealOf(sealed, marksPerPage))
  for (const event of found) comparison.add(event)
  return comparison.result()
}

/** A night of a few streams, interleaved, with gaps between revisions as streams of many nights have them. */
const aNight = fc
  .array(fc.tuple(fc.constantFrom('agent-a', 'agent-b', 'request-c'), fc.integer({ min: 1, max: 3 })), {
    minLength: 1,
    maxLength: 60,
  })
  .map((steps) => {
    const next = new Map<string, number>()
    return steps.map(([stream, step], i) => {
      const revision = (next.get(stream) ?? -1) + step
      next.set(stream, revision)
      return eventAt(stream, revision, { i })
    })
  })

describe('a night compared with its seal', () => {
  test.prop([aNight, fc.integer({ min: 17, max: 60 })])(
    'is intact, however the marks are paged',
    (events, page) => {
      expect(checked(events, events, page)).toMatchObject({ outcome: 'intact', sealedCount: events.length })
    },
  )

  test.prop([aNight])('has the same root in any order between streams', (events) => {
    const byStream = [...events].sort((a, b) => (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0))
    expect(sealOf(byStream)).toEqual(sealOf(events))
  })

  test.prop([aNight, fc.nat()])('names the one event that was changed', (events, pick) => {
    const at = pick % events.length
    const found = events.map((event, i) => (i === at ? { ...event, data: 'forged' } : event))
    const { stream, revision, id } = found[at] ?? eventAt('', 0, 0)
    expect(checked(events, found)).toMatchObject({
      outcome: 'differs',
      changed: 1,
      missing: 0,
      added: 0,
      first: { kind: 'changed', stream, revision: Number(revision), id },
    })
  })

  test.prop([aNight, fc.nat()])('names the one event that is missing', (events, pick) => {
    const at = pick % events.length
    const { stream, revision } = events[at] ?? eventAt('', 0, 0)
    expect(checked(events, events.toSpliced(at, 1))).toMatchObject({
      outcome: 'differs',
      changed: 0,
      missing: 1,
      added: 0,
      first: { kind: 'missing', stream, revision: Number(revision) },
    })
  })

  it('names the first of several, by stream and revision', () => {
    const events = [eventAt('b', 0, 0), eventAt('a', 0, 0), eventAt('a', 1, 0), eventAt('b', 1, 0)]
    const found = [eventAt('b', 0, 'forged'), eventAt('a', 0, 0), eventAt('b', 1, 0), eventAt('c', 0, 0)]
    expect(checked(events, found)).toMatchObject({
      changed: 1,
      missing: 1,
      added: 1,
      first: { kind: 'missing', stream: 'a', revision: 1 },
    })
  })

  it('is not intact when the marks were forged with the events', () => {
    const events = [eventAt('a', 0, 0)]
    const { sealed } = sealOf(events)
    const { runs } = sealOf([eventAt('a', 0, 'forged')])
    const comparison = new SealComparison({ sealed, runs })
    comparison.add(eventAt('a', 0, 'forged'))
    expect(comparison.result()).toMatchObject({
      outcome: 'differs',
      changed: 0,
      sealFault: expect.stringContaining('though each agrees with its mark'),
    })
  })

  it('is not compared by an algorithm this program does not know', () => {
    const { sealed, runs } = sealOf([eventAt('a', 0, 0)])
    const comparison = new SealComparison({ sealed: { ...sealed, algorithm: 'noctuary-night-9' }, runs })
    comparison.add(eventAt('a', 0, 0))
    expect(comparison.result()).toMatchObject({
      outcome: 'differs',
      sealFault: expect.stringContaining('noctuary-night-9'),
    })
  })
})

describe('the streams that may hold events of a night', () => {
  it.each([
    ['environment-osm-2026-11-20', true],
    ['environment-osm-2026-11-21', false],
    ['night-osm-2026-11-20', true],
    ['agent-dome', true],
    ['request-2026', true],
    ['process-planner-osm-2026-11-19', false],
    ['$$environment-osm-2026-11-20', false],
  ])('%s: %s', (stream, held) =>
    expect(new RegExp(streamsThatMayHold('2026-11-20'), 'u').test(stream)).toBe(held),
  )
})

describe('the night sealer', () => {
  it('looks at the week before the first poll it sees, oldest night first', () =>
    expect(nightSealer.react(nightSealer.initial, '2026-03-02').map(({ night }) => night)).toEqual([
      '2026-02-23',
      '2026-02-24',
      '2026-02-25',
      '2026-02-26',
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]))

  it('does nothing at further polls of the same night', () => {
    const state = nightSealer.evolve(nightSealer.initial, '2026-03-02')
    expect(nightSealer.react(state, '2026-03-02')).toEqual([])
    expect(nightSealer.react(state, '2026-03-03')).toHaveLength(7)
  })
})
