import { expect } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import type { ReceiveNotice } from '#commands/alerts/receive-notice.ts'
import { patientSink } from '#commands/alerts/sources/patient-sink.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { startAlertChain } from './alert-chain.ts'
import { freshEventStore } from './event-store.ts'
import { folderSource, noticeBytes } from './notices.ts'

const at = '2026-11-21T04:00:35.000Z'
const inFlight = 32

const floodTrigger = (n: number) => `${2_000_000 + n}`

/** As sources do it: a log that is slow to answer is asked again. */
const flood = async (receive: ReceiveNotice, from: number, until: number): Promise<void> => {
  const signal = new AbortController().signal
  const sink = patientSink(receive, { clock: systemClock, signal, onWait: () => {}, atOnce: inFlight })
  const text = new TextDecoder().decode(noticeBytes('swift-bat.xml'))
  let next = from
  const work = async () => {
    for (let n = next++; n < until; n = next++) {
      const raw = new TextEncoder().encode(text.replaceAll('1300001', floodTrigger(n)))
      await sink({ raw, source: folderSource(`${n}.xml`), receivedAt: at })
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
}

const missionOf = ({ data }: Recorded): string => String((data as { mission?: unknown }).mission)

/** A listed author sends so many triggers, and another a real one in the middle: it does not wait for them, and none is lost. */
export const floodWithARealOne = async (notices: number): Promise<void> => {
  await using log = await freshEventStore()
  await using chain = await startAlertChain(log.store, at, { goesOn: true })
  await flood(chain.receive, 0, notices / 2)
  const real = chain.send('ep-wxt.json')
  await flood(chain.receive, notices / 2, notices)
  await real

  const opened: Recorded[] = []
  const judged = chain.event('TriggerJudged', (event) => missionOf(event) === 'ep')
  const over = new AbortController()
  for await (const { events } of log.store.follow(['TriggerOpened'], null, over.signal)) {
    opened.push(...events)
    if (opened.length >= notices + 1) over.abort()
  }
  const flooded = opened.filter((event) => missionOf(event) === 'swift')
  expect(new Set(flooded.map(({ stream }) => stream)).size).toBe(notices)
  expect(flooded).toHaveLength(notices)
  const judgement = await judged
  const before = flooded.filter(({ position }) => position.commit < judgement.position.commit)
  // Those that an author may have at once, and the turns while the first half came in.
  expect(before.length).toBeLessThan(notices / 2)
}
