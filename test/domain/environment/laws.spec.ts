import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { checkEventData } from '#domain/catalogue.ts'
import { environment } from '#domain/environment/decider.ts'
import { type EnvironmentEvent, type QuantityName, quantityNames } from '#domain/environment/events.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import type { EnvironmentState } from '#domain/environment/state.ts'
import { secondsBetween } from '#domain/shared/time.ts'
import { reply } from '../../support/environment.ts'
import { commandsOf, oddReplies, type Step, steps } from '../../support/environment-arbitraries.ts'
import { historyOf } from '../../support/given-when-then.ts'

// Short delays, so that walks of a few minutes open and close; gusts out of the way, as they last five minutes.
const delays = { badForS: 5, goodForS: 20 }
const rules = safetyRules({
  rain: { goodForS: 20 },
  wind: delays,
  gust: { ...delays, unsafeMs: 50, safeMs: 40, atOnceMs: 60 },
  humidity: delays,
  dewPointDepression: delays,
  temperature: delays,
  skyTemperature: delays,
  ice: { badForS: 5, goodForS: 60, afterUnknownS: 20 },
  insideHumidity: delays,
  insideTemperature: delays,
})
const mandatory = quantityNames.filter((name) => rules.limits[name].mandatory)

/** Told from what was sent alone: until when the good-for delays run, and whether everything is sampled and safe. */
const oracle = () => {
  const releaseS = new Map<QuantityName, number>()
  let nowS = 0
  let answeredS = Number.NEGATIVE_INFINITY
  let missingBefore: QuantityName[] = []
  let open = false
  const hold = (name: QuantityName, seconds: number): void => {
    releaseS.set(name, Math.max(releaseS.get(name) ?? 0, nowS + seconds))
  }
  return ({ afterS, kind, turn }: Step): boolean => {
    nowS += afterS
    const ageS = nowS - answeredS
    const stale = mandatory.filter((name) => ageS > rules.limits[name].staleAfterS)
    const answered = kind === 'RecordPlcReply'
    for (const name of [...stale, ...(answered ? turn.missing : [])]) hold(name, 20)
    if (answered) for (const name of turn.unsafe) hold(name, name === 'ice' ? 60 : 20)
    // After missing samples the delay runs from the first that is there again.
    if (answered) for (const name of missingBefore) hold(name, 20)
    missingBefore = answered ? [...turn.missing] : [...new Set([...missingBefore, ...stale])]
    if (answered) answeredS = nowS
    // Only an answered poll opens: without samples nothing is known to be safe.
    open = (answered || open) && mandatory.every((name) => (releaseS.get(name) ?? 0) <= nowS)
    return open
  }
}
describe('laws of the environment', () => {
  it('the verdict is safe exactly when every mandatory sample has been there and safe for its delay', () => {
    let opened = 0
    fc.assert(
      fc.property(steps, (walk) => {
        const mayOpen = oracle()
        let state: EnvironmentState = environment.initial
        commandsOf(walk, rules).forEach((command, i) => {
          const step = walk[i]
          if (!step) throw new Error('a command without its step')
          for (const event of environment.decide(command, state))
            state = environment.evolve(state, event, command.at)
          const safe = state.verdict?.state === 'safe'
          expect(safe).toBe(mayOpen(step))
          if (safe) opened++
        })
      }),
      { numRuns: 60 },
    )
    // The walks do open the roof: the law is not kept by staying closed.
    expect(opened).toBeGreaterThan(500)
  })

  test.prop([steps])(
    'a verdict is the worst of its quantities, and never safe with one that is not',
    (walk) => {
      for (const { event } of historyOf(environment, commandsOf(walk, rules))) {
        if (event.type !== 'EnvironmentAssessed') continue
        const { quantities, verdict } = event.data
        const states = Object.values(quantities).map(({ state }) => state)
        expect(states.length).toBeGreaterThanOrEqual(mandatory.length)
        const worst = (['unknown', 'unsafe', 'warn', 'safe'] as const).find((state) => states.includes(state))
        expect(verdict.state).toBe(worst)
      }
    },
  )

  test.prop([steps])('a verdict is given when the grounds change and only then', (walk) => {
    let before = ''
    const commands = commandsOf(walk, rules)
    let state: EnvironmentState = environment.initial
    for (const command of commands) {
      const decided = environment.decide(command, state)
      for (const event of decided) state = environment.evolve(state, event, command.at)
      const grounds = mandatory.map((name) => state.quantities[name]?.state ?? 'unknown').join()
      expect(decided.some(({ type }) => type === 'SafetyVerdictGiven')).toBe(grounds !== before)
      before = grounds
    }
  })

  test.prop([steps, fc.nat()])(
    'folding a prefix and then the rest of the stored log is folding all',
    (walk, cut) => {
      const log = historyOf(environment, commandsOf(walk, rules))
      const stored = log.map(({ event, occurredAt }) => {
        const parsed: EnvironmentEvent = JSON.parse(JSON.stringify({ type: event.type, data: event.data }))
        checkEventData(parsed.type, parsed.data)
        return { event: parsed, occurredAt }
      })
      const fold = (from: EnvironmentState, events: typeof stored) =>
        events.reduce((state, { event, occurredAt }) => environment.evolve(state, event, occurredAt), from)
      const at = cut % (stored.length + 1)
      const all = log.reduce(
        (state, { event, occurredAt }) => environment.evolve(state, event, occurredAt),
        environment.initial,
      )
      expect(fold(fold(environment.initial, stored.slice(0, at)), stored.slice(at))).toEqual(all)
    },
  )

  test.prop([steps])('time never runs ahead of itself: nothing is expected before now', (walk) => {
    for (const { event, occurredAt } of historyOf(environment, commandsOf(walk, rules)))
      if (event.type === 'EnvironmentAssessed')
        for (const { safeExpectedAt, since } of Object.values(event.data.quantities)) {
          expect(secondsBetween(since, occurredAt)).toBeGreaterThanOrEqual(0)
          if (safeExpectedAt) expect(secondsBetween(occurredAt, safeExpectedAt)).toBeGreaterThan(0)
        }
  })

  test.prop([oddReplies])('no answer is so odd that it cannot be judged and stored', (replies) => {
    const log = historyOf(
      environment,
      replies.map((answer, i) => reply(2 * i, answer)),
    )
    for (const { event } of log) checkEventData(event.type, JSON.parse(JSON.stringify(event.data)))
    const assessed = log.filter(({ event }) => event.type === 'EnvironmentAssessed')
    expect(assessed).toHaveLength(replies.length)
  })
})
