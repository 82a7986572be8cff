import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CommandClass } from '#domain/devices/command-spec.ts'
import { gate, type Situation } from '#domain/devices/gate.ts'
import type { Actor } from '#domain/shared/metadata.ts'

const id = '910ed4b6-12db-54a6-a2a5-a12ca4528322'
const agent: Actor = { kind: 'agent', id: 'majordome' }
const person: Actor = { kind: 'user', id: 'olga' }

const good: Situation = {
  mode: 'automatic',
  verdict: { id, state: 'safe', worst: null },
  sunAltitudeDeg: -12,
  heartbeatAgeS: 3,
  emergencyButton: false,
  telescopeParked: true,
}

const situations: fc.Arbitrary<Situation> = fc.record({
  mode: fc.constantFrom('automatic' as const, 'manual' as const, 'engineering' as const, null),
  verdict: fc.option(
    fc.record({
      id: fc.constant(id),
      state: fc.constantFrom('safe' as const, 'warn' as const, 'unsafe' as const, 'unknown' as const),
      worst: fc.constantFrom(null, { text: 'wind: 12.3 m/s', margin: -2.6 }),
    }),
  ),
  sunAltitudeDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  heartbeatAgeS: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
  emergencyButton: fc.option(fc.boolean()),
  telescopeParked: fc.option(fc.boolean()),
})
const classes = fc.constantFrom<CommandClass>('secures', 'opens', 'moves', 'works')
const actors = fc.constantFrom<Actor>(agent, person, { kind: 'program', id: 'script' })

describe('the gate', () => {
  it('opens when everything is as it should be', () => {
    expect(gate({ class: 'opens', actor: agent }, good)).toBeNull()
    expect(gate({ class: 'opens', actor: person }, { ...good, mode: 'manual' })).toBeNull()
  })

  it('lets nothing open unless mode, verdict, Sun, heart and button all allow it, each of them known', () => {
    fc.assert(
      fc.property(situations, actors, (situation, actor) => {
        if (gate({ class: 'opens', actor }, situation)) return
        expect(situation.mode === 'automatic' || situation.mode === 'manual').toBe(true)
        expect(situation.verdict?.state).toBe('safe')
        expect(situation.sunAltitudeDeg).toBeLessThan(-4)
        expect(situation.heartbeatAgeS ?? 99).toBeLessThan(10)
        expect(situation.emergencyButton).toBe(false)
        expect(situation.telescopeParked).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('lets everything through that secures, whoever wants it and whatever is known', () => {
    fc.assert(
      fc.property(situations, actors, (situation, actor) => {
        expect(gate({ class: 'secures', actor }, situation)).toBeNull()
      }),
    )
  })

  it('P40 refuses what a person wants in automatic mode, and what an agent wants in any other', () => {
    fc.assert(
      fc.property(situations, classes, (situation, kind) => {
        if (kind === 'secures') return
        const byHand = gate({ class: kind, actor: person }, { ...situation, mode: 'automatic' })
        expect(byHand?.code).toBe('refused_in_automatic')
        const byAgent = gate({ class: kind, actor: agent }, { ...situation, mode: 'manual' })
        expect(byAgent?.code).toBe('refused_in_manual')
      }),
    )
  })

  it('moves no telescope under an unsafe or unknown verdict, and nothing at all while the button is pressed', () => {
    const moves = { class: 'moves', actor: agent } as const
    expect(gate(moves, { ...good, verdict: null })?.code).toBe('verdict_unknown')
    expect(gate(moves, { ...good, emergencyButton: true })?.code).toBe('lockdown')
    const warned = { ...good, verdict: { id, state: 'warn' as const, worst: null } }
    expect(gate(moves, warned)).toBeNull()
    expect(gate({ class: 'opens', actor: agent }, warned)?.code).toBe('verdict_warn')
  })

  it('names the verdict, the reason and the margin of a refusal', () => {
    const worst = { text: 'wind: 12.3 m/s, limit 9.7 m/s', margin: -2.6 }
    const refused = gate(
      { class: 'opens', actor: agent },
      { ...good, verdict: { id, state: 'unsafe', worst } },
    )
    expect(refused).toEqual({
      code: 'verdict_unsafe',
      why: 'the verdict is unsafe: wind: 12.3 m/s, limit 9.7 m/s',
      verdictId: id,
      margin: -2.6,
    })
  })
})
