import { expect } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { readNotice } from '#adapters/read-notice.ts'
import { vtpSubscriber } from '#adapters/vtp/subscriber.ts'
import { patientSink } from '#commands/alerts/sources/patient-sink.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { instantOf } from '#domain/shared/time.ts'
import { VtpBroker } from '#simulators/vtp-broker.ts'
import { startAlertChain } from './alert-chain.ts'
import { freshEventStore } from './event-store.ts'
import { noticeBytes } from './notices.ts'

const at = '2026-11-21T04:00:35.000Z'

const missionOf = ({ data }: Recorded): string => String((data as { mission?: unknown }).mission)

/** A broker whose notices go into the log as they do in the observatory, as of a night's instant. */
const startBroker = async (chain: Awaited<ReturnType<typeof startAlertChain>>) => {
  const stopping = new AbortController()
  const { signal } = stopping
  const sink = patientSink(chain.receive, {
    read: readNotice,
    clock: systemClock,
    signal,
    onWait: () => {},
  })
  const broker = new VtpBroker({ clock: systemClock })
  const subscriber = vtpSubscriber({
    broker: await broker.listen({ port: 0 }),
    ivorn: 'ivo://test.noctuary/subscriber',
    sink: (arrival) => sink({ ...arrival, receivedAt: instantOf(chain.clock.now()) }),
    clock: systemClock,
    random: () => 0,
  })
  const running = subscriber.run(signal)
  await broker.until(() => broker.subscribers === 1)
  return {
    broker,
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await broker.stop()
      await running
    },
  }
}

/**
 * A listed author sends so many triggers down the wire, and another a real one in the middle: it waits neither for those
 * before it nor for those after it, and none is lost.
 */
export const floodWithARealOne = async (notices: number): Promise<void> => {
  await using log = await freshEventStore()
  await using chain = await startAlertChain(log.store, at, { goesOn: true })
  await using line = await startBroker(chain)
  const text = new TextDecoder().decode(noticeBytes('swift-bat.xml'))
  const judged = chain.event('TriggerJudged', (event) => missionOf(event) === 'svom')
  for (let n = 0; n < notices; n++) {
    if (n === notices / 2) line.broker.send(noticeBytes('svom-grm.xml'))
    line.broker.send(new TextEncoder().encode(text.replaceAll('1300001', `${2_000_000 + n}`)))
  }

  const received: Recorded[] = []
  const opened: Recorded[] = []
  const over = new AbortController()
  for await (const { events } of log.store.follow(['NoticeReceived', 'TriggerOpened'], null, over.signal)) {
    for (const event of events) (event.type === 'TriggerOpened' ? opened : received).push(event)
    if (opened.length > notices) over.abort()
  }
  expect(received).toHaveLength(notices + 1)
  expect(new Set(opened.map(({ stream }) => stream)).size).toBe(notices + 1)
  const { position } = await judged
  const before = opened.filter((event) => event.position.commit < position.commit)
  // Half of them were sent before it.
  expect(before.length).toBeLessThan(notices / 2)
}
