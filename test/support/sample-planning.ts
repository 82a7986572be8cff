import { scheduleAskStream } from '#domain/planning/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { RecordedPlanning } from './recorded-planning.ts'
import { requestGiven } from './submitted-requests.ts'

const submitted = (requestId: string, at: string, given: Parameters<typeof requestGiven>[1] = {}) => ({
  type: 'RequestSubmitted' as const,
  data: requestGiven(requestId, given),
  stream: `request-${requestId}`,
  at,
})

/** An evening of planning: requests come and go, an alert, a person who asks; what is never to be seen is left out. */
export const samplePlanning = (first: bigint): Recorded[] => {
  const log = new RecordedPlanning(first)
  const at = (minutes: number) => addSeconds('2026-12-05T02:00:00.000Z', minutes * 60)
  log.happens(submitted('m31', at(0), { sequences: [{ raDeg: 60 }, { raDeg: 75, durationS: 1800 }] }))
  log.happens(submitted('south', at(1), { sequences: [{ raDeg: 60, decDeg: -80 }] }))
  log.plan(at(2))
  log.happens(submitted('m45', at(10), { sequences: [{ raDeg: 57, priority: 10 }, { raDeg: 110 }] }))
  log.plan(at(11))
  const alert = { triggerId: 'svom-sb1', level: 1 }
  log.happens(
    submitted('grb', at(30), { alert, sequences: [{ raDeg: 50, decDeg: 20, tier: 'alert', priority: 1 }] }),
  )
  log.plan(at(31))
  log.happens({
    type: 'RequestWithdrawn',
    data: { requestId: 'm31', sequenceIds: ['m31.1', 'm31.2'], why: 'clouds in the data' },
    stream: 'request-m31',
    at: at(40),
  })
  log.happens({
    type: 'ScheduleAsked',
    data: { why: 'person', detail: 'the seeing is better now', keep: false },
    stream: scheduleAskStream('7f6f1f0e-6f0e-5f4e-9d0a-2f1f0c9b8a11'),
    at: at(41),
  })
  log.plan(at(42))
  log.happens(submitted('late', at(50)))
  return log.events
}
