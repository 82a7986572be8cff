import type { EventFeed } from '#commands/event-feed.ts'
import { steadyFeed } from '#commands/process/steady-feed.ts'
import { isUserEvent, type UserState, user } from '#domain/people/user.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position } from '#domain/shared/event.ts'

export type KnownUser = UserState & { readonly revision: bigint }

const types = ['UserRegistered', 'RoleGranted', 'RoleRevoked', 'UserErased']

/** Everybody the log knows and their roles as of now, kept by following it: what may be done is judged by this. */
export type Directory = {
  /** Resolves once the past is read; not before the log has answered. */
  readonly ready: Promise<void>
  user(userId: string): KnownUser | undefined
  /** Resolves when everything up to there is known. */
  reached(position: Position): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export const openDirectory = (feed: EventFeed, clock: Clock): Directory => {
  const stopping = new AbortController()
  const users = new Map<string, KnownUser>()
  const ready = Promise.withResolvers<void>()
  let waiting: { readonly commit: bigint; readonly done: () => void }[] = []
  let at = -1n

  const follow = async (): Promise<void> => {
    const parts = { feed, clock, types, after: null, onTrouble: () => {} }
    for await (const { events, position, caughtUp } of steadyFeed(parts, stopping.signal)) {
      for (const event of events) {
        if (!isUserEvent(event)) continue
        const { userId } = event.data
        const before = users.get(userId) ?? user.initial
        const state = user.evolve(before, event, event.metadata.occurredAt)
        users.set(userId, { ...state, revision: event.revision })
      }
      at = position?.commit ?? at
      const [reached, rest] = [
        waiting.filter(({ commit }) => commit <= at),
        waiting.filter(({ commit }) => commit > at),
      ]
      waiting = rest
      for (const { done } of reached) done()
      if (caughtUp) ready.resolve()
    }
  }
  // An event that cannot be read ends it: nobody's roles are known from then on, and nobody gets in.
  const following = follow().catch(() => users.clear())

  return {
    ready: ready.promise,
    user: (userId) => users.get(userId),
    reached: ({ commit }) =>
      commit <= at
        ? Promise.resolve()
        : new Promise((done) => {
            waiting = [...waiting, { commit, done }]
          }),
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await following
    },
  }
}
