import type { ObservingEvent } from '#domain/observing/events.ts'
import { type PlanningEvent, schedulePublished } from '#domain/planning/events.ts'
import { request } from '#domain/requests/decider.ts'
import { requestStream } from '#domain/requests/streams.ts'
import { historyOf } from './given-when-then.ts'
import type { Happening } from './happenings.ts'
import { drafting, requestId, revising, sequenceGiven, submitting, withdrawing } from './requests.ts'

const night = '2026-11-19'

const asked = (id: string, ...commands: Parameters<typeof request.decide>[0][]): Happening[] =>
  historyOf(
    request,
    commands.map((command) => ({ ...command, requestId: id })),
  ).map(({ event: { type, data }, occurredAt }) => ({
    type,
    data,
    night,
    stream: requestStream(id),
    at: occurredAt,
  }))

const happened = (stream: string, at: string, { type, data }: PlanningEvent | ObservingEvent): Happening => ({
  type,
  data,
  night,
  stream,
  at,
})

export const firstSequence = `${requestId}.1`
const secondSequence = `${requestId}.2`
const about = (sequenceId: string, attempt = 1) => ({ sequenceId, requestId, attempt })
const outcome = { imagesTaken: 10, imagesExpected: 10, openShutterS: 600 }

/** A plan with the first sequence placed at an instant, or left out, and the second left out. */
export const published = (scheduleVersion: number, startsAt: string | null, code = 'NO_FREE_INTERVAL') => ({
  type: 'SchedulePublished' as const,
  data: schedulePublished.schema.parse({
    scheduleVersion,
    asks: [{ why: 'submission', eventId: '5c7bdb4e-6f0e-5f4e-9d0a-2f1f0c9b8a11' }],
    plannerVersion: 'planner-1',
    inputsHash: '00',
    basedOn: { commit: '1', prepare: '1' },
    from: '2026-11-20T02:00:00.000Z',
    until: '2026-11-20T13:00:00.000Z',
    objective: 1,
    bound: 1,
    placed: startsAt
      ? [
          {
            sequenceId: firstSequence,
            requestId,
            name: 'crab in r',
            kind: 'planned',
            setupAt: startsAt,
            startsAt,
            endsAt: startsAt,
            priority: 50,
            value: 1,
            quality: 1,
            raDeg: 83.6,
            decDeg: 22,
            altitudeDeg: 60,
            airmass: 1.2,
            moonSeparationDeg: 90,
            slackBeforeS: 0,
            slackAfterS: 0,
            chargeS: 600,
          },
        ]
      : [],
    unplaced: [
      ...(startsAt ? [] : [{ sequenceId: firstSequence, requestId, code }]),
      { sequenceId: secondSequence, requestId, code: 'NO_FREE_INTERVAL' },
    ],
    preempted: [],
  }),
})

export const explained = (scheduleVersion: number): PlanningEvent => ({
  type: 'ScheduleExplained',
  data: {
    scheduleVersion,
    page: 1,
    last: true,
    unplaced: [
      {
        sequenceId: secondSequence,
        code: 'NO_FREE_INTERVAL',
        figures: { longestFreeS: 240 },
        text: 'the longest free time has 240 s',
      },
    ],
  },
})

export const startedWith = (attempt = 1): ObservingEvent => ({
  type: 'ObservationStarted',
  data: {
    ...about(firstSequence, attempt),
    scheduleVersion: 1,
    endsExpectedAt: '2026-11-20T06:10:00.000Z',
    imagesExpected: 10,
  },
})

export const imageOf = (number: number): ObservingEvent => ({
  type: 'ImageAcquired',
  data: {
    ...about(firstSequence),
    detector: 'visible',
    album: 'album 1',
    plan: 'plan 1',
    imageId: `i${number}`,
    number,
    filter: 'r',
    exposureS: 60,
    startedAt: '2026-11-20T06:00:00.000Z',
    file: `images/i${number}.fits`,
    sha256: '00',
    bytes: 2880,
    raDeg: 83.6,
    decDeg: 22,
    altitudeDeg: 60,
    airmass: 1.2,
    detectorTemperatureC: -100,
  },
})

export const finishedWith = (imagesTaken: number): ObservingEvent => ({
  type: 'ObservationFinished',
  data: { ...about(firstSequence), ...outcome, imagesTaken },
})

export const abortedWith = (imagesTaken: number): ObservingEvent => ({
  type: 'ObservationAborted',
  data: { ...about(firstSequence), ...outcome, imagesTaken, why: 'weather', detail: 'clouds' },
})

export const missed: ObservingEvent = {
  type: 'SequenceMissed',
  data: { sequenceId: firstSequence, requestId, scheduleVersion: 1, why: 'dome-closed', detail: 'rain' },
}

const two = { sequences: [sequenceGiven(), sequenceGiven({ name: 'crab in i' })] }
const plans = 'schedule-osm-2026-11-19'
const observation = `observation-${firstSequence}-1`

/** Everything that can happen to requests and sequences, in one night. */
export const requestsStory: readonly Happening[] = [
  ...asked(requestId, drafting(two), submitting),
  ...asked('rrevised000', drafting(two), revising({}), submitting, withdrawing),
  ...asked('rrefused000', drafting({ sequences: [sequenceGiven({ target: null })] }, { submit: true })),
  // An alert's: submitted without a draft.
  ...asked('ralert00000', drafting({}, { submit: true })).slice(1),
  happened(plans, '2026-11-20T05:00:00.000Z', published(1, '2026-11-20T06:00:00.000Z')),
  happened(plans, '2026-11-20T05:00:01.000Z', explained(1)),
  happened(plans, '2026-11-20T05:30:00.000Z', missed),
  happened(observation, '2026-11-20T06:00:00.000Z', startedWith()),
  happened(observation, '2026-11-20T06:01:00.000Z', imageOf(1)),
  happened(observation, '2026-11-20T06:02:00.000Z', imageOf(2)),
  happened(observation, '2026-11-20T06:03:00.000Z', abortedWith(2)),
  happened(`observation-${firstSequence}-2`, '2026-11-20T07:00:00.000Z', startedWith(2)),
  happened(`observation-${firstSequence}-2`, '2026-11-20T07:10:00.000Z', finishedWith(10)),
]
