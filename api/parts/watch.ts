import type { Clock } from '#domain/shared/clock.ts'
import type { Part, PartStatus } from './part.ts'

const everyMs = 2_000

/** A server that somebody else runs: asked now and then whether it answers. */
export const watch = (name: string, check: () => Promise<void>, where: string, clock: Clock): Part => {
  const stopping = new AbortController()
  let status: PartStatus = { name, state: 'starting', detail: where }
  const look = async () => {
    try {
      await check()
      status = { name, state: 'up', detail: where }
    } catch (error) {
      status = { name, state: 'down', detail: `${where}: ${error instanceof Error ? error.message : error}` }
    }
  }
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await look()
      await clock.sleepUntil(clock.now() + everyMs, stopping.signal).catch(() => {})
    }
  })()
  return {
    status: () => status,
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
