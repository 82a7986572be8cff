import { alertDispatch } from '#commands/alerts/dispatch.ts'
import { adoptDefaults } from '#commands/alerts/strategy-handler.ts'
import type { EventFeed } from '#commands/event-feed.ts'
import { type EventStore, StoreUnavailable } from '#commands/event-store.ts'
import { runProcess } from '#commands/process/runner.ts'
import { alertManager } from '#domain/alerts/alert-manager.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { Part, PartStatus } from './part.ts'

type AlertManagerParts = {
  readonly store: EventStore & EventFeed
  readonly clock: Clock
  readonly site: Site
}

const retryMs = 1_000

const adoptPatiently = async ({ store, clock, site }: AlertManagerParts, signal: AbortSignal) => {
  for (;;) {
    try {
      return await adoptDefaults(store, site, instantOf(clock.now()))
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      await clock.sleepUntil(clock.now() + retryMs, signal)
    }
  }
}

/** The alert manager, wired to the log; the shipped strategies are adopted first where there are none. */
export const startAlertManager = (parts: AlertManagerParts): Part => {
  const { store, clock, site } = parts
  const name = 'alert manager'
  const stopping = new AbortController()
  let status: PartStatus = { name, state: 'starting', detail: 'reads the log' }
  const run = async () => {
    await adoptPatiently(parts, stopping.signal)
    const onStatus = ({ state, detail, decided }: { state: string; detail: string; decided: number }) => {
      const isUp = state === 'live' || state === 'beside'
      status = { name, state: isUp ? 'up' : 'starting', detail: detail || `${state}, ${decided} decisions` }
    }
    const dispatch = alertDispatch(store, site)
    await runProcess(
      { manager: alertManager, store, feed: store, clock, site, simulated: false, dispatch, onStatus },
      stopping.signal,
    )
  }
  const running = run().catch((error: unknown) => {
    if (!stopping.signal.aborted) status = { name, state: 'given-up', detail: String(error) }
  })
  return {
    status: () => status,
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
