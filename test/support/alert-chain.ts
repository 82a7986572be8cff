import { systemClock } from '#adapters/clock.ts'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { payloadFolder } from '#adapters/payload-folder.ts'
import { readNotice } from '#adapters/read-notice.ts'
import { alertDispatch } from '#commands/alerts/dispatch.ts'
import { makeReceiveNotice } from '#commands/alerts/receive-notice.ts'
import { adoptDefaults } from '#commands/alerts/strategy-handler.ts'
import { runProcess } from '#commands/process/runner.ts'
import { alertManager } from '#domain/alerts/alert-manager.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { type Instant, instantOf } from '#domain/shared/time.ts'
import { folderSource, noticeBytes } from './notices.ts'
import { testFolder } from './test-folder.ts'

/** A clock that stands at one instant, for what is judged by its age; sleeping is real. */
export const clockAt = (at: Instant): Clock & { set(to: Instant): void } => {
  let now = Date.parse(at)
  return {
    now: () => now,
    sleepUntil: (epochMs, signal) =>
      systemClock.sleepUntil(systemClock.now() + Math.max(0, epochMs - now), signal),
    set: (to) => {
      now = Date.parse(to)
    },
  }
}

/** From bytes to requests over a real log: the receiver and the alert manager. */
export const startAlertChain = async (
  store: OpenEventStore,
  at: Instant,
  {
    deciding = true,
    realDevices = [],
  }: { readonly deciding?: boolean; readonly realDevices?: readonly string[] } = {},
) => {
  await using starting = new AsyncDisposableStack()
  const folder = await testFolder()
  starting.defer(() => folder.remove())
  const clock = clockAt(at)
  const site = sanPedroMartir
  const receive = makeReceiveNotice({ store, read: readNotice, payloads: payloadFolder(folder.path), site })
  await adoptDefaults(store, site, at)
  const stopping = new AbortController()
  const dispatch = alertDispatch(store, site, realDevices)
  const parts = { manager: alertManager, store, feed: store, clock, site, simulated: false, dispatch }
  const manager = deciding ? runProcess(parts, stopping.signal) : null
  starting.defer(async () => {
    stopping.abort()
    await manager
  })
  /** The first event of a type, of now or later, that is as wanted. */
  const event = async (
    type: string,
    wanted: (event: Recorded) => boolean = () => true,
  ): Promise<Recorded> => {
    const found = new AbortController()
    try {
      const batches = store.follow([type], null, found.signal)
      for await (const { events } of batches) {
        const one = events.find(wanted)
        if (one) return one
      }
    } finally {
      found.abort()
    }
    throw new Error(`no ${type}`)
  }
  const stack = starting.move()
  return {
    clock,
    receive,
    payloads: folder.path,
    send: (file: string, more: { simulated?: boolean } = {}) =>
      receive({
        raw: noticeBytes(file),
        source: folderSource(file),
        receivedAt: instantOf(clock.now()),
        ...more,
      }),
    event,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
