import { conversationStream, deviceStream } from '#domain/devices/streams.ts'
import { imageStream, masterStream } from '#domain/images/record-once.ts'
import { calibrationStream } from '#domain/observing/streams.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { addSeconds } from '#domain/shared/time.ts'
import type { Happening } from './happenings.ts'

const night = '2026-11-20'
const startsAt = '2026-11-21T04:00:00.000Z'

const ends = ['Completed', 'Failed', 'TimedOut', 'Refused', null] as const

const endOf = (end: (typeof ends)[number]): object => {
  switch (end) {
    case 'Completed':
      return { result: { azimuthDeg: 12.5 } }
    case 'Failed':
      return { code: 'unreachable', why: 'nobody answers' }
    case 'TimedOut':
      return { afterS: 90 }
    case 'Refused':
      return { code: 'verdict_unsafe', why: 'wind 12.3 m/s', margin: -2.6 }
    case null:
      return {}
  }
}

/** One conversation after another, ended in every way there is, between looks, lost lines and alarms. */
const conversationAt = (n: number): Happening[] => {
  const at = (s: number) => addSeconds(startsAt, n * 60 + s)
  const device = n % 2 === 0 ? 'dome' : 'telescope'
  const conversationId = uuidFrom(`conversation ${n}`, noctuaryNamespace)
  const about = { device, conversationId, name: 'park' }
  const stream = conversationStream(conversationId, night)
  const end = ends[n % ends.length] ?? null
  const status = { shutter: n % 4 === 0 ? 'open' : 'closed', azimuthDeg: n }
  const requested = { ...about, parameters: { n }, deadlineAt: at(90), idempotent: true }
  return [
    { type: 'DeviceCommandRequested', data: requested, stream, night, at: at(0) },
    ...(end === 'Refused' ? [] : [{ type: 'DeviceCommandAgreed', data: about, stream, night, at: at(1) }]),
    ...(end
      ? [{ type: `DeviceCommand${end}`, data: { ...about, ...endOf(end) }, stream, night, at: at(30) }]
      : []),
    {
      type: 'DeviceStatusRecorded',
      data: { device, status, faults: n % 3 === 0 ? [{ code: 'motor_overload', text: 'too much' }] : [] },
      stream: deviceStream(device, night),
      night,
      at: at(31),
    },
  ]
}

const lineAndAlarm = (n: number): Happening[] => {
  const at = addSeconds(startsAt, n * 600)
  const stream = deviceStream('dome', night)
  const [device, address] = ['dome', '127.0.0.1:5004'] as const
  const alarm = { device, code: 'roof_not_closed', text: 'not closed', step: 'reset', conversationId: null }
  return [
    { type: 'DeviceLinkLost', data: { device, address, detail: 'silent' }, stream, night, at },
    { type: 'DeviceAlarmRaised', data: alarm, stream, night, at },
    ...(n % 2 === 0
      ? [{ type: 'DeviceLinkRestored', data: { device, address, downS: 12 }, stream, night, at }]
      : []),
  ]
}

const imageAt = (n: number): Happening => ({
  type: 'ImageAcquired',
  data: {
    sequenceId: 'devices.1',
    requestId: 'devices',
    attempt: 1,
    detector: n % 2 === 0 ? 'visible' : 'infrared',
    album: 'a',
    plan: 'p',
    imageId: `devices.1-${n}`,
    number: n + 1,
    filter: 'r',
    exposureS: 30,
    startedAt: addSeconds(startsAt, n * 40),
    file: `images/${night}/devices.1-${n}.fits`,
    sha256: 'ab'.repeat(32),
    bytes: 529_920,
    raDeg: 10.68,
    decDeg: 41.27,
    altitudeDeg: 60.1,
    airmass: 1.15,
    detectorTemperatureC: -40,
  },
  stream: 'observation-devices.1-1',
  night,
  at: addSeconds(startsAt, n * 40 + 36),
})

const calibrationAt = (n: number): Happening => ({
  type: 'CalibrationFrameAcquired',
  data: {
    kind: n < 10 ? 'flat' : n < 15 ? 'dark' : 'bias',
    detector: n % 2 === 0 ? 'visible' : 'infrared',
    imageId: `calibration-${n}`,
    number: n + 1,
    filter: 'r',
    exposureS: n < 15 ? 2 + n : 0,
    startedAt: addSeconds(startsAt, 2_000 + n * 20),
    file: `images/${night}/calibration-${n}.fits`,
    sha256: 'cd'.repeat(32),
    bytes: 529_920,
    levelCounts: n < 10 ? 20_000 + n : null,
    usable: n !== 3,
    detectorTemperatureC: -40,
  },
  stream: calibrationStream('osm', night),
  night,
  at: addSeconds(startsAt, 2_000 + n * 20 + 10),
})

const observationStarted: Happening = {
  type: 'ObservationStarted',
  data: {
    sequenceId: 'devices.1',
    requestId: 'devices',
    attempt: 1,
    scheduleVersion: 1,
    endsExpectedAt: addSeconds(startsAt, 1_200),
    imagesExpected: 30,
  },
  stream: 'observation-devices.1-1',
  night,
  at: startsAt,
}

const analysisAt = (n: number): Happening => ({
  type: 'ImageCalibrated',
  data: {
    imageId: `devices.1-${n}`,
    requestId: 'devices',
    detector: 'visible',
    filter: 'r',
    file: `images/${night}/devices.1-${n}-calibrated.fits`,
    sha256: 'ef'.repeat(32),
    bytes: 1_054_080,
    masters: { bias: 'bias-1', dark: null, flat: null },
    missing: ['dark', 'flat'],
    backgroundCounts: 400 + n,
    noiseCounts: 21,
    saturatedPixels: n,
    fwhmPx: n === 2 ? null : 2 + n / 100,
    sourcesDetected: 20 + n,
    limitingMagnitude: n === 2 ? null : 19,
    transientSearch: 'done',
    catalogue: 'simulated sky',
    transientCandidates: n === 4 ? 1 : 0,
  },
  stream: imageStream(`devices.1-${n}`),
  night,
  at: addSeconds(startsAt, n * 40 + 38),
})

const refusedImage: Happening = {
  type: 'ImageNotCalibrated',
  data: {
    imageId: 'devices.1-29',
    requestId: 'devices',
    detector: 'visible',
    filter: 'r',
    reason: 'file-gone',
    detail: `images/${night}/devices.1-29.fits is not in the data folder`,
  },
  stream: imageStream('devices.1-29'),
  night,
  at: addSeconds(startsAt, 2_000),
}

const candidate: Happening = {
  type: 'TransientCandidateFound',
  data: {
    candidateId: 'candidate-1',
    imageId: 'devices.1-4',
    requestId: 'alert-devices',
    detector: 'visible',
    filter: 'r',
    raDeg: 10.6,
    decDeg: 41.2,
    xPx: 100.5,
    yPx: 200.25,
    snr: 80.5,
    fluxCounts: 12_000,
    fwhmPx: 2.1,
    magnitude: 15.5,
    catalogue: 'simulated sky',
  },
  stream: imageStream('devices.1-4'),
  night,
  at: addSeconds(startsAt, 4 * 40 + 38),
}

const master = {
  masterId: 'bias-1',
  kind: 'bias',
  detector: 'visible',
  filter: null,
  exposureS: null,
  framesNight: night,
}

const masters: readonly Happening[] = [
  {
    type: 'MasterFrameBuilt',
    data: {
      ...master,
      file: `images/${night}/master-bias-visible.fits`,
      sha256: 'ab'.repeat(32),
      bytes: 1_054_080,
      width: 512,
      height: 512,
      frames: ['calibration-16', 'calibration-18'],
      framesRejected: [],
      pixelsRejected: 3,
      mean: 1_000,
      sigma: 2.5,
      biasId: null,
      darkId: null,
    },
    stream: masterStream('bias-1'),
    night,
    at: addSeconds(startsAt, 3_000),
  },
  {
    type: 'MasterFrameNotBuilt',
    data: {
      ...master,
      masterId: 'dark-1',
      kind: 'dark',
      exposureS: 13,
      reason: 'no-frames',
      detail: 'none of its frames can be read',
    },
    stream: masterStream('dark-1'),
    night,
    at: addSeconds(startsAt, 3_001),
  },
]

/** What devices went through in a part of a night, and the images of it. */
export const deviceStory: readonly Happening[] = [
  ...Array.from({ length: 40 }, (_, n) => conversationAt(n)).flat(),
  ...Array.from({ length: 5 }, (_, n) => lineAndAlarm(n)).flat(),
  observationStarted,
  ...Array.from({ length: 30 }, (_, n) => imageAt(n)),
  ...Array.from({ length: 20 }, (_, n) => calibrationAt(n)),
  ...Array.from({ length: 6 }, (_, n) => analysisAt(n)),
  candidate,
  refusedImage,
  ...masters,
]
