import { onTestFinished } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { type SubscriberLimits, vtpSubscriber } from '#adapters/vtp/subscriber.ts'
import type { NoticeSink } from '#commands/alerts/sources/notice-sink.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { VtpBroker } from '#simulators/vtp-broker.ts'
import { noticeLog } from '#test/support/notice-log.ts'

type Options = {
  readonly clock?: Clock
  readonly limits?: Partial<SubscriberLimits>
  readonly through?: (sink: NoticeSink) => NoticeSink
}

/** A broker and a subscriber that follows it over a real socket into a log on disk; all ended with the test. */
export const following = async ({
  clock = systemClock,
  limits = {},
  through = (sink) => sink,
}: Options = {}) => {
  const log = await noticeLog()
  const broker = new VtpBroker({ clock })
  const address = await broker.listen({ port: 0 })
  const said: string[] = []
  const subscriber = vtpSubscriber({
    broker: address,
    ivorn: 'ivo://test.noctuary/subscriber',
    sink: through(log.sink),
    clock,
    random: () => 0.01,
    say: (line) => said.push(line),
    limits,
  })
  const stopping = new AbortController()
  const running = subscriber.run(stopping.signal)
  onTestFinished(async () => {
    stopping.abort()
    await broker.stop()
    await running
    await log[Symbol.asyncDispose]()
  })
  await broker.until(() => broker.subscribers === 1)
  return { broker, address, log, subscriber, said }
}

/** A notice of a few lines; the name makes it one of its own. */
export const smallNotice = (name: string): Uint8Array =>
  new TextEncoder().encode(
    `<voe:VOEvent xmlns:voe="http://www.ivoa.net/xml/VOEvent/v2.0" version="2.0" role="test" ivorn="ivo://test.noctuary/notices#${name}"><Who/></voe:VOEvent>`,
  )

export const ivornNamed = (name: string): string => `ivo://test.noctuary/notices#${name}`
