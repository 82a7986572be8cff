import { expect } from 'vitest'
import type { Decided, Decider } from '#domain/shared/decider.ts'
import type { DomainEvent } from '#domain/shared/event.ts'
import type { Instant } from '#domain/shared/time.ts'

/** An event of the past, with the time the log knows it by. */
export type Happened<E extends DomainEvent> = { readonly event: E; readonly occurredAt: Instant }

export type Outcome<State, Command, E extends DomainEvent> = {
  readonly decided: readonly Decided<E>[]
  /** Exactly these events in this order; metadata is compared where the expected event has it. */
  then(...expected: Decided<E>[]): void
  thenTypes(...expected: E['type'][]): void
  thenNothing(): void
  /** The one decided event of this type. */
  the<Type extends E['type']>(type: Type): Extract<Decided<E>, { type: Type }>
  /** Carries on from what was decided. */
  and: { readonly state: State; when(command: Command): Outcome<State, Command, E> }
}

const isOfType =
  <E extends DomainEvent, Type extends E['type']>(type: Type) =>
  (event: Decided<E>): event is Extract<Decided<E>, { type: Type }> =>
    event.type === type

const outcome = <State, Command extends { readonly at: Instant }, E extends DomainEvent>(
  decider: Decider<State, Command, E>,
  before: State,
  command: Command,
): Outcome<State, Command, E> => {
  const decided = decider.decide(command, before)
  const state = decided.reduce((folded, event) => decider.evolve(folded, event, command.at), before)
  return {
    decided,
    // biome-ignore lint/suspicious/noThenProperty: given, when, then; nobody awaits it
    then: (...expected) =>
      expect(
        decided.map(({ metadata, ...event }, i) => (expected[i]?.metadata ? { ...event, metadata } : event)),
      ).toEqual(expected),
    thenTypes: (...expected) => expect(decided.map(({ type }) => type)).toEqual(expected),
    thenNothing: () => expect(decided).toEqual([]),
    the: (type) => {
      const [found, ...others] = decided.filter(isOfType<E, typeof type>(type))
      if (!found || others.length > 0)
        throw new Error(`one ${type} expected among: ${decided.map((event) => event.type).join(', ')}`)
      return found
    },
    and: { state, when: (next) => outcome(decider, state, next) },
  }
}

/** `given(decider)(happened…).when(command).then(events…)` for any decider whose commands say when they are given. */
export const given =
  <State, Command extends { readonly at: Instant }, E extends DomainEvent>(
    decider: Decider<State, Command, E>,
  ) =>
  (...past: readonly Happened<E>[]) => {
    const state = past.reduce(
      (folded, { event, occurredAt }) => decider.evolve(folded, event, occurredAt),
      decider.initial,
    )
    return { state, when: (command: Command) => outcome(decider, state, command) }
  }

/** What a decider makes of a row of commands, as the log would have it afterwards. */
export const historyOf = <State, Command extends { readonly at: Instant }, E extends DomainEvent>(
  decider: Decider<State, Command, E>,
  commands: readonly Command[],
  past: readonly Happened<E>[] = [],
): Happened<Decided<E>>[] => {
  const log: Happened<Decided<E>>[] = []
  let state = past.reduce(
    (folded, { event, occurredAt }) => decider.evolve(folded, event, occurredAt),
    decider.initial,
  )
  for (const command of commands)
    for (const event of decider.decide(command, state)) {
      log.push({ event, occurredAt: command.at })
      state = decider.evolve(state, event, command.at)
    }
  return log
}
