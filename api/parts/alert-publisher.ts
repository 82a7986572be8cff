import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { VtpPublisher } from '#adapters/vtp/broker.ts'
import { addressText } from '#adapters/vtp/connect.ts'
import type { Config } from '#api/config.ts'
import {
  announcedTypes,
  announcementOf,
  isFollowed,
  nothingAnnounced,
  withEvent,
} from '#domain/alerts/publish/announcements.ts'
import { voEventXml } from '#domain/alerts/publish/voevent.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position } from '#domain/shared/event.ts'
import type { Part, PartStatus } from './part.ts'

type Options = {
  readonly config: Config
  readonly port: number
  readonly store: OpenEventStore
  readonly clock: Clock
  readonly say: (line: string) => void
}

const retryMs = 1_000

/** Our own VTP broker, fed from the log: what was there before it began is known to it and not sent again. */
export const startAlertPublisher = async ({ config, port, store, clock, say }: Options): Promise<Part> => {
  const name = 'alert publisher'
  const stopping = new AbortController()
  const { ALERT_IVORN: ivorn, ALERT_SUBSCRIBERS: allowed, HOST: host, SITE } = config
  const broker = new VtpPublisher({ listen: { host, port }, allowed, ivorn, clock, say })
  const listening = await broker.listen()
  const began = await store.head()
  let state = nothingAnnounced
  let published = 0
  let after: Position | null = null
  let fault: string | null = null

  const follow = async () => {
    for await (const { events, position } of store.follow(announcedTypes, after, stopping.signal)) {
      for (const event of events) {
        // Here and not at the end of the batch: a line that breaks in between must not announce anything twice.
        after = event.position
        if (!isFollowed(event)) continue
        state = withEvent(state, event)
        const isNews = began === null || event.position.commit > began.commit
        const packet = isNews ? announcementOf(state, event, { ivorn, author: SITE.name }) : null
        if (!packet) continue
        broker.publish(new TextEncoder().encode(voEventXml(packet)))
        published += 1
      }
      after = position
      fault = null
    }
  }
  const run = async () => {
    while (!stopping.signal.aborted) {
      await follow().catch((error: unknown) => {
        fault = error instanceof Error ? error.message : `${error}`
      })
      await clock.sleepUntil(clock.now() + retryMs, stopping.signal).catch(() => {})
    }
  }
  const running = run()

  return {
    status: (): PartStatus => ({
      name,
      state: fault ? 'down' : 'up',
      detail:
        fault ??
        `${addressText(listening)}, ${broker.subscribers} subscribers (${broker.silentSubscribers} silent), ${published} sent`,
    }),
    stop: async () => {
      stopping.abort()
      await Promise.all([running, broker.close()])
    },
  }
}
