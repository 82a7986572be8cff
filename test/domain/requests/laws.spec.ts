import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEventData } from '#domain/catalogue.ts'
import type { RequestCommand } from '#domain/requests/commands.ts'
import { contentOf } from '#domain/requests/content.ts'
import { request } from '#domain/requests/decider.ts'
import { schemaFaults } from '#domain/requests/fault.ts'
import { requestFormSchema } from '#domain/requests/request-form.ts'
import { requestIdOf } from '#domain/requests/request-id.ts'
import { historyOf } from '#test/support/given-when-then.ts'
import {
  drafting,
  formGiven,
  known,
  observatory,
  revising,
  sequenceGiven,
  submissionAt,
  submitting,
  withdrawing,
} from '#test/support/requests.ts'

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
const sequences = names.map((all) => ({ sequences: all.map((name) => sequenceGiven({ name })) }))
const command: fc.Arbitrary<RequestCommand> = fc.oneof(
  sequences.map(revising),
  fc.constant(submitting),
  fc.constant(withdrawing),
)

/** What the log has after commands, those that are refused leaving nothing. */
const history = (first: RequestCommand, others: readonly RequestCommand[]) => {
  let accepted = [first]
  for (const next of others)
    try {
      historyOf(request, [...accepted, next])
      accepted = [...accepted, next]
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'RequestWithdrawnAlready') throw error
    }
  return historyOf(request, accepted)
}

const fold = (log: ReturnType<typeof history>, from = request.initial) =>
  log.reduce((state, { event, occurredAt }) => request.evolve(state, event, occurredAt), from)

describe('the laws of a request', () => {
  it('folding any part of its past and then the rest is folding all of it', () =>
    fc.assert(
      fc.property(sequences, fc.array(command, { maxLength: 6 }), fc.nat(20), (first, others, cut) => {
        const log = history(drafting(first), others)
        expect(fold(log.slice(cut), fold(log.slice(0, cut)))).toEqual(fold(log))
      }),
      { numRuns: 40 },
    ))

  it('no two of its sequences ever had one id, and a name keeps its own while it is asked for', () =>
    fc.assert(
      fc.property(sequences, fc.array(sequences.map(revising), { maxLength: 5 }), (first, others) => {
        const owners = new Map<string, string>()
        let before = new Map<string, string>()
        for (const { event } of history(drafting(first), others)) {
          if (event.type !== 'RequestDrafted' && event.type !== 'RequestRevised') continue
          const now = new Map(event.data.sequences.map(({ name, id }) => [name, id]))
          expect(new Set(now.values()).size).toBe(event.data.sequences.length)
          for (const [name, id] of now) {
            expect(owners.get(id) ?? name).toBe(name)
            owners.set(id, name)
            if (before.has(name)) expect(id).toBe(before.get(name))
          }
          before = now
        }
      }),
      { numRuns: 60 },
    ))

  it('its id follows from the command alone and is short and plain', () =>
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (one, other) => {
        expect(requestIdOf(one)).toMatch(/^r[0-9a-hjkmnp-tv-z]{10}$/)
        expect(requestIdOf(one)).toBe(requestIdOf(one))
        expect(requestIdOf(one) === requestIdOf(other)).toBe(one === other)
      }),
    ))
})

const oddValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(-1, 0, 1e308, '05:34:31.9', '+91:00:00', '2026-11-21T04:00:00Z', null, {}, [], [{}]),
)

/** A good request with one of its values, at any depth, replaced or a key added. */
const bentForm = fc
  .tuple(
    fc.constantFrom(
      ['name'],
      ['user'],
      ['programme'],
      ['targetType'],
      ['priority'],
      ['windows'],
      ['constraints'],
      ['sequences'],
      ['extra'],
      ['sequences', '0'],
      ['sequences', '0', 'target'],
      ['sequences', '0', 'target', 'ra'],
      ['sequences', '0', 'target', 'dec'],
      ['sequences', '0', 'durationS'],
      ['sequences', '0', 'windows'],
      ['sequences', '0', 'constraints'],
      ['sequences', '0', 'cadence'],
      ['sequences', '0', 'preferredAt'],
      ['sequences', '0', 'albums'],
      ['sequences', '0', 'albums', '0', 'plans'],
      ['sequences', '0', 'albums', '0', 'plans', '0', 'images'],
      ['sequences', '0', 'albums', '0', 'plans', '0', 'exposureS'],
    ),
    oddValue,
  )
  .map(([path, value]) => {
    const form = JSON.parse(JSON.stringify(formGiven()))
    let place = form
    for (const key of path.slice(0, -1)) place = place[key]
    place[path.at(-1) ?? ''] = value
    return form
  })

describe('any JSON', () => {
  it('is a request whose events can be written, or faults that say where and what', () =>
    fc.assert(
      fc.property(fc.oneof(bentForm, oddValue), (given) => {
        const read = requestFormSchema.safeParse(given)
        if (!read.success) {
          const faults = schemaFaults(read.error)
          expect(faults.length).toBeGreaterThan(0)
          for (const { code, message } of faults) expect([code, message]).not.toContain('')
          return
        }
        const content = contentOf(read.data, {
          userId: 'ana',
          country: null,
          programmeId: 'snr',
          source: 'json',
        })
        const decided = request.decide(
          {
            type: 'DraftRequest',
            requestId: 'r0123456789',
            at: submissionAt,
            observatory,
            standing: known,
            content,
            raw: JSON.stringify(given),
            submit: true,
          },
          request.initial,
        )
        expect(decided).toHaveLength(2)
        for (const { type, data } of decided) expect(() => checkEventData(type, data)).not.toThrow()
      }),
      { numRuns: 300 },
    ))
})
