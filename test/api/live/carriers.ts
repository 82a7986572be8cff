import { z } from 'zod'
import type { VirtualClock } from '#adapters/virtual-clock.ts'
import { type CloudEvent, cloudEventSchema } from '#api/live/cloud-event.ts'
import { RequestRefused } from '#api/live/request-refused.ts'
import { Router } from '#api/live/router.ts'
import { readServerSent } from '#api/live/server-sent.ts'
import type { Subscription } from '#domain/live/subscription.ts'
import { Signal } from '#projections/engine/signal.ts'
import { locally } from '#test/support/access.ts'
import { listener, type liveServer } from '#test/support/live.ts'

type Heard = Pick<CloudEvent, 'sender' | 'type' | 'data'>

/** One way to what senders say: whatever carries it, it behaves the same. */
export type Carrier = {
  /** Where senders are let in. */
  readonly router: Router
  listen(wants: readonly Subscription[]): Promise<{
    readonly heard: readonly Heard[]
    until(count: number): Promise<void>
    stop(): void
  }>
  /** Rejects with an error that has a `code`. */
  request(sender: string, name: string, params?: unknown, timeoutS?: number): Promise<unknown>
}

const collecting = () => {
  const heard: Heard[] = []
  const changed = new Signal()
  const add = (event: Heard) => {
    heard.push(event)
    changed.fire()
  }
  const until = async (count: number) => {
    while (heard.length < count) await changed.changed()
  }
  return { heard, add, until }
}

/** No network at all. */
export const memory = (clock: VirtualClock): Carrier => {
  const router = new Router(clock)
  return {
    router,
    listen: async (wants) => {
      const { heard, add, until } = collecting()
      const stop = router.listen({ wants, hear: (item) => add(item.cloud()) })
      return { heard, until, stop }
    },
    request: (sender, name, params, timeoutS) =>
      router.request(sender, name, params, timeoutS && timeoutS * 1000),
  }
}

type Live = Awaited<ReturnType<typeof liveServer>>

const refusal = z.object({ code: z.string(), detail: z.string() })

/** Server-sent events as anybody can read them. */
export const serverSentEvents = ({ url, hub }: Live): Carrier => ({
  router: hub.router,
  listen: async (wants) => {
    const { heard, add, until } = collecting()
    const gone = new AbortController()
    const query = wants.map(
      ({ sender, event }) => `subscribe=${sender ?? ''}:${encodeURIComponent(event ?? '')}`,
    )
    const answer = await fetch(`${url}/api/live?${query.join('&')}`, { signal: gone.signal })
    if (!answer.ok || !answer.body) {
      const { code, detail } = refusal.parse(await answer.json())
      throw Object.assign(new Error(detail), { code })
    }
    const reading = readServerSent(answer.body)
    await reading.next()
    const read = async () => {
      for await (const { event, data } of reading)
        if (event === 'event') add(cloudEventSchema.parse(JSON.parse(data)))
    }
    read().catch(() => {})
    return { heard, until, stop: () => gone.abort() }
  },
  request: async (sender, name, params, timeoutS) => {
    const answer = await fetch(`${url}/api/agents/${sender}/requests/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...locally },
      body: JSON.stringify({ params, timeoutS }),
    })
    const body: unknown = await answer.json()
    if (answer.ok) return z.object({ reply: z.unknown() }).parse(body).reply
    const { code, detail } = refusal.parse(body)
    throw Object.assign(new RequestRefused('TIMEOUT', detail), { code })
  },
})

/** The client that we ship. */
export const client = ({ url, hub }: Live): Carrier => ({
  router: hub.router,
  listen: async (subscriptions) => {
    const listening = listener({ url, subscriptions, autoReconnect: false })
    await listening.until(({ connected, lost }) => connected.length + lost.length > 0)
    const [lost] = listening.lost
    if (lost) throw Object.assign(new Error(lost.reason), { code: lost.code })
    return {
      heard: listening.events,
      until: (count) => listening.until(({ events }) => events.length >= count),
      stop: () => listening.client.close(),
    }
  },
  request: async (sender, name, params, timeoutS) => {
    const asking = listener({ url, models: ['nights'], headers: locally })
    try {
      return await asking.client.request(sender, name, params, timeoutS)
    } finally {
      asking.client.close()
    }
  },
})
