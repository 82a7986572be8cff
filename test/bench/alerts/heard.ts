import { setTimeout as pause } from 'node:timers/promises'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import type { Recorded } from '#domain/shared/event.ts'

export type Heard = { readonly event: Recorded; readonly atMs: number }

/** What the log has, with when it came here; a log that is not there yet is waited for. */
export const listen = (store: OpenEventStore, types: readonly string[]) => {
  const stopping = new AbortController()
  const all: Heard[] = []
  let changed = Promise.withResolvers<void>()

  const follow = async () => {
    for await (const { events } of store.follow(types, all.at(-1)?.event.position ?? null, stopping.signal)) {
      const atMs = performance.now()
      all.push(...events.map((event) => ({ event, atMs })))
      changed.resolve()
      changed = Promise.withResolvers()
    }
  }
  const run = async () => {
    while (!stopping.signal.aborted) {
      await follow().catch(() => {})
      await pause(200, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
  const running = run()

  return {
    /** The first from the `since`-th on that is as wanted; null when it does not come in time. */
    until: async (
      wanted: (event: Recorded) => boolean,
      { since = 0, withinMs }: { readonly since?: number; readonly withinMs: number },
    ): Promise<Heard | null> => {
      const late = pause(withinMs, 'late' as const)
      for (let seen = since; ; ) {
        const found = all.slice(seen).find(({ event }) => wanted(event))
        if (found) return found
        seen = Math.max(seen, all.length)
        if ((await Promise.race([changed.promise, late])) === 'late') return null
      }
    },
    get count() {
      return all.length
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
