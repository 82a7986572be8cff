import { schedulePublished } from '#domain/planning/events.ts'
import type { RequestContent } from '#domain/requests/events.ts'
import type { Happening } from './happenings.ts'

type PlacedGiven = { sequenceId: string; chargeS: number; kind?: 'planned' | 'fixed' | 'alert' }

const requestOf = (sequenceId: string): string => sequenceId.split('.')[0] ?? ''

const content = (requestId: string, userId: string, minQuality: number): RequestContent => ({
  requestId,
  name: `look at ${requestId}`,
  userId,
  country: 'mx',
  programmeId: 'survey',
  targetType: 'star',
  alert: null,
  sequences: ['1', '2'].map((n) => ({
    id: `${requestId}.${n}`,
    name: `sequence ${n}`,
    target: null,
    durationS: 600,
    priority: 50,
    tier: 'normal',
    windows: [],
    constraints: {
      minAltitudeDeg: 20,
      maxAltitudeDeg: 88,
      minMoonSeparationDeg: 20,
      maxSunAltitudeDeg: -12,
    },
    preferredAt: null,
    preferredToleranceS: 3600,
    cadence: null,
    minQuality,
    albums: [],
  })),
  warnings: [],
  source: 'json',
})

export const submitted = (
  night: string,
  requestId: string,
  { userId = 'ana', minQuality = 0 } = {},
): Happening => ({
  type: 'RequestSubmitted',
  data: content(requestId, userId, minQuality),
  night,
  stream: `request-${requestId}`,
})

export const withdrawn = (night: string, requestId: string): Happening => ({
  type: 'RequestWithdrawn',
  data: { requestId, sequenceIds: [`${requestId}.1`, `${requestId}.2`], why: 'no longer wanted' },
  night,
  stream: `request-${requestId}`,
})

export const published = (
  night: string,
  scheduleVersion: number,
  placed: readonly PlacedGiven[],
): Happening => ({
  type: 'SchedulePublished',
  data: schedulePublished.schema.parse({
    scheduleVersion,
    asks: [{ why: 'person', eventId: '5c7bdb4e-6f0e-5f4e-9d0a-2f1f0c9b8a11' }],
    plannerVersion: '1',
    inputsHash: '0',
    basedOn: { commit: '0', prepare: '0' },
    from: `${night}T20:00:00.000Z`,
    until: `${night}T23:00:00.000Z`,
    objective: 1,
    bound: 1,
    placed: placed.map(({ sequenceId, chargeS, kind = 'planned' }) => ({
      sequenceId,
      requestId: requestOf(sequenceId),
      name: sequenceId,
      kind,
      setupAt: `${night}T20:00:00.000Z`,
      startsAt: `${night}T20:00:00.000Z`,
      endsAt: `${night}T20:10:00.000Z`,
      priority: 50,
      value: 1,
      quality: 1,
      raDeg: null,
      decDeg: null,
      altitudeDeg: null,
      airmass: null,
      moonSeparationDeg: null,
      slackBeforeS: 0,
      slackAfterS: 0,
      chargeS,
    })),
    unplaced: [],
    preempted: [],
  }),
  night,
  stream: `schedule-osm-${night}`,
})

const about = (sequenceId: string, attempt: number) => ({
  sequenceId,
  requestId: requestOf(sequenceId),
  attempt,
})

export const started = (night: string, sequenceId: string, attempt = 1): Happening => ({
  type: 'ObservationStarted',
  data: {
    ...about(sequenceId, attempt),
    scheduleVersion: 1,
    endsExpectedAt: `${night}T20:10:00.000Z`,
    imagesExpected: 10,
  },
  night,
  stream: `observation-${sequenceId}-${attempt}`,
})

export const finished = (night: string, sequenceId: string, imagesTaken = 10, attempt = 1): Happening => ({
  type: 'ObservationFinished',
  data: { ...about(sequenceId, attempt), imagesTaken, imagesExpected: 10, openShutterS: 60 * imagesTaken },
  night,
  stream: `observation-${sequenceId}-${attempt}`,
})

export const aborted = (night: string, sequenceId: string, imagesTaken = 0, attempt = 1): Happening => ({
  type: 'ObservationAborted',
  data: {
    ...about(sequenceId, attempt),
    imagesTaken,
    imagesExpected: 10,
    openShutterS: 60 * imagesTaken,
    why: 'weather',
    detail: 'clouds',
  },
  night,
  stream: `observation-${sequenceId}-${attempt}`,
})

export const missed = (night: string, sequenceId: string): Happening => ({
  type: 'SequenceMissed',
  data: {
    sequenceId,
    requestId: requestOf(sequenceId),
    scheduleVersion: 1,
    why: 'dome-closed',
    detail: 'rain',
  },
  night,
  stream: `schedule-osm-${night}`,
})

export const closed = (night: string): Happening => ({
  type: 'NightClosed',
  data: { observations: 1, openS: 3600, summary: 'fine' },
  night,
  stream: `night-osm-${night}`,
})
