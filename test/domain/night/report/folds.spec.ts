import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { nightReportSchema } from '#domain/night/report-schema.ts'
import { phaseTimes } from '#domain/night/sun-phases.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { type Happening, recordedStory } from '#test/support/happenings.ts'
import { nightReportOf } from '#test/support/night-report-of.ts'
import { PureNight } from '#test/support/pure-night.ts'

const night = '2026-11-20'
const dark = phaseTimes(sanPedroMartir, night).observing ?? ''
const darkAt = (s: number): string => addSeconds(dark, s)

type Told = { readonly type: string; readonly data: unknown; readonly s: number; readonly stream?: string }

const reportOf = (told: readonly Told[], untilS: number) => {
  const story = told.map(
    ({ type, data, s, stream = 'story-1' }): Happening => ({ type, data, stream, night, at: darkAt(s) }),
  )
  return nightReportOf(recordedStory(story), darkAt(untilS))
}

const dome = (s: number, shutter: 'open' | 'closed' | 'moving'): Told => ({
  type: 'DeviceStatusRecorded',
  data: {
    device: 'dome',
    // The controller believes what it likes; the switches count.
    status: { shutter: 'closed', openSwitch: shutter === 'open', closedSwitch: shutter === 'closed' },
    faults: [],
  },
  s,
})

const about = { sequenceId: 'm31.1', requestId: 'm31', attempt: 1 }
const started = (s: number, attempt = 1): Told => ({
  type: 'ObservationStarted',
  data: { ...about, attempt, scheduleVersion: 1, endsExpectedAt: darkAt(s + 600), imagesExpected: 4 },
  s,
})
const finished = (s: number): Told => ({
  type: 'ObservationFinished',
  data: { ...about, imagesTaken: 4, imagesExpected: 4, openShutterS: 240 },
  s,
})
const suspended = (s: number, why: 'weather' | 'mode' = 'weather', closesRoof = true): Told => ({
  type: 'ObservingSuspended',
  data: { why, detail: 'wind 12 m/s', verdictId: null, closesRoof },
  s,
})
const resumed = (s: number, suspendedS: number): Told => ({
  type: 'ObservingResumed',
  data: { detail: 'the site is safe again', verdictId: null, suspendedS },
  s,
})
const verdict = (s: number, state: 'safe' | 'unsafe'): Told => ({
  type: 'SafetyVerdictGiven',
  data: { state, previous: null, reasons: [], readingIds: [], reopenExpectedAt: null },
  s,
})

describe('the hours of a course', () => {
  it.each([
    ['idle while dark and open', [dome(0, 'open')], { darkOpenS: 1000, idleS: 1000, darkObservingS: 0 }],
    [
      'not idle while it observes',
      [dome(0, 'open'), started(100), finished(700)],
      { idleS: 400, darkObservingS: 600 },
    ],
    [
      'not idle while suspended',
      [dome(0, 'open'), suspended(200), resumed(500, 300)],
      { idleS: 700, darkSuspendedS: 300 },
    ],
    [
      'not open while the shutter moves',
      [dome(0, 'moving'), dome(90, 'open'), dome(500, 'moving'), dome(530, 'closed')],
      { openS: 410 },
    ],
    [
      'not open while nobody hears of the dome',
      [
        dome(0, 'open'),
        {
          type: 'DeviceLinkLost',
          data: { device: 'dome', address: '127.0.0.1:1', detail: 'silent' },
          s: 100,
        },
        { type: 'DeviceLinkRestored', data: { device: 'dome', address: '127.0.0.1:1', downS: 200 }, s: 300 },
      ],
      { openS: 800 },
    ],
    [
      'dark only while the Sun is low enough',
      [dome(-600, 'open')],
      { openS: 1600, darkOpenS: 1000, idleS: 1000 },
    ],
    [
      'exposed from a bad verdict until the roof is closed',
      [dome(0, 'open'), verdict(100, 'unsafe'), dome(110, 'moving'), dome(140, 'closed')],
      { exposedS: 40 },
    ],
  ] as const)('are %s', (_, told, hours) => expect(reportOf(told, 1000).course.hours).toMatchObject(hours))

  it('leave the real roof out where the dome never said a word', () => {
    expect(reportOf([started(0)], 100).roof?.wasOpenS).toBeNull()
    expect(reportOf([dome(0, 'closed')], 100).roof?.wasOpenS).toBe(0)
  })

  it('keep the first of a suspension and what made it close the roof', () => {
    const { suspensions } = reportOf(
      [suspended(0, 'mode', false), suspended(60), resumed(200, 200)],
      300,
    ).course
    expect(suspensions).toHaveLength(1)
    expect(suspensions[0]).toMatchObject({ from: darkAt(0), to: darkAt(200), suspendedS: 200 })
    expect(suspensions[0]?.causes.map(({ why, at }) => [why, at])).toEqual([
      ['mode', darkAt(0)],
      ['weather', darkAt(60)],
    ])
  })
})

describe('observations', () => {
  const image = (s: number): Told => ({
    type: 'ImageAcquired',
    data: {
      ...about,
      detector: 'visible',
      album: 'a',
      plan: 'p',
      imageId: `i${s}`,
      number: 1,
      filter: 'r',
      exposureS: 60,
      startedAt: darkAt(s - 60),
      file: `images/${s}.fits`,
      sha256: 'ab'.repeat(32),
      bytes: 1,
      raDeg: null,
      decDeg: null,
      altitudeDeg: null,
      airmass: null,
      detectorTemperatureC: null,
    },
    s,
  })

  it('count an image that comes in after the end', () => {
    const { observations } = reportOf([started(0), image(80), finished(100), image(110)], 200).observing
    expect(observations).toMatchObject([{ outcome: 'finished', imagesTaken: 2, openShutterS: 120 }])
  })

  it('say so when an end is not on record', () => {
    const { observations } = reportOf([started(0), started(300, 2)], 400).observing
    expect(observations.map(({ outcome, to }) => [outcome, to])).toEqual([
      ['no-end', null],
      ['running', null],
    ])
  })

  it('are called by their id where no plan of the night names them', () =>
    expect(reportOf([started(0)], 1).observing.observations[0]?.name).toBe('m31.1'))
})

describe('devices', () => {
  const conversation = { device: 'dome', conversationId: uuidFrom('c', noctuaryNamespace), name: 'open' }

  it('tell an outage of which only the end is in this night', () => {
    const restored = { device: 'dome', address: '127.0.0.1:1', downS: 30 }
    const { links } = reportOf([{ type: 'DeviceLinkRestored', data: restored, s: 5 }], 10).devices
    expect(links).toEqual([{ device: 'dome', from: null, to: darkAt(5), downS: 30, detail: null }])
  })

  it.each([
    ['DeviceCommandRefused', { code: 'verdict_unsafe', why: 'wind' }, { outcome: 'refused', why: 'wind' }],
    ['DeviceCommandFailed', { code: 'broken', why: 'stuck' }, { outcome: 'failed', code: 'broken' }],
    ['DeviceCommandTimedOut', { afterS: 90 }, { outcome: 'timed-out', why: 'no end after 90 s' }],
  ])('tell of a %s', (type, more, problem) => {
    const { problems } = reportOf([{ type, data: { ...conversation, ...more }, s: 0 }], 1).devices
    expect(problems).toMatchObject([{ device: 'dome', name: 'open', ...problem }])
  })

  it('do not make the report boundless', () => {
    const failures = Array.from(
      { length: 400 },
      (_, s): Told => ({
        type: 'DeviceCommandFailed',
        data: { ...conversation, code: 'broken', why: 'stuck' },
        s,
      }),
    )
    const pauses = Array.from({ length: 300 }, (_, i) => [
      suspended(500 + 2 * i),
      resumed(501 + 2 * i, 1),
    ]).flat()
    const { devices, course } = reportOf([...failures, ...pauses], 2000)
    expect([devices.problems.length, devices.problemsOmitted]).toEqual([100, 300])
    expect(devices.commands).toMatchObject([{ device: 'dome', failed: 400 }])
    expect([course.suspensions.length, course.omitted, course.hours.suspendedS]).toEqual([200, 100, 300])
  })
})

const happening = fc.record({
  afterS: fc.integer({ min: 1, max: 9_000 }),
  what: fc.constantFrom('safe', 'warn', 'unsafe', 'unknown', 'manual', 'automatic'),
})

describe('what was asked of devices by hand, and what they are calibrated with', () => {
  const order = (s: number, name: string): Told => ({
    type: 'DeviceCommandRequested',
    data: {
      device: 'dome',
      conversationId: uuidFrom(`order/${s}`, noctuaryNamespace),
      name,
      parameters: {},
      deadlineAt: darkAt(s + 90),
      idempotent: true,
    },
    s,
  })
  const frame = (s: number, kind: 'flat' | 'dark', usable = true): Told => ({
    type: 'CalibrationFrameAcquired',
    data: {
      kind,
      detector: 'visible',
      imageId: `f${s}`,
      number: s,
      filter: 'r',
      exposureS: kind === 'flat' ? s : 60,
      startedAt: darkAt(s),
      file: `images/${night}/f${s}.fits`,
      sha256: 'a'.repeat(64),
      bytes: 2880,
      levelCounts: 20_000,
      usable,
      detectorTemperatureC: -60,
    },
    s,
  })

  it('say who asked for what', () =>
    expect(reportOf([order(10, 'close'), order(20, 'open')], 60).devices.byHand).toMatchObject([
      { at: darkAt(10), device: 'dome', name: 'close', by: 'ana' },
      { at: darkAt(20), device: 'dome', name: 'open', by: 'ana' },
    ]))

  it('P44 count frames by what they calibrate, and how many are of use', () =>
    expect(
      reportOf([frame(1, 'flat'), frame(2, 'flat', false), frame(3, 'dark'), frame(4, 'dark')], 60)
        .calibrations,
    ).toEqual([
      { kind: 'flat', detector: 'visible', filter: 'r', exposureS: null, frames: 2, usable: 1 },
      { kind: 'dark', detector: 'visible', filter: null, exposureS: 60, frames: 2, usable: 2 },
    ]))
})

describe('a night of whatever weather and people', () => {
  test.prop([fc.array(happening, { maxLength: 12 })], { numRuns: 40 })(
    'adds up: nothing is longer than what it is a part of',
    (script) => {
      const pure = new PureNight('2026-11-20T20:00:00.000Z', undefined, { reactions: true })
      pure.verdict('safe')
      pure.open()
      for (const { afterS, what } of script) {
        pure.until(addSeconds(pure.now, afterS))
        if (what === 'manual' || what === 'automatic') pure.mode(what)
        else pure.verdict(what)
      }
      pure.until('2026-11-21T19:59:00.000Z')
      const report = nightReportOf(pure.log, '2026-11-21T20:00:00.000Z')
      expect(nightReportSchema.parse(report)).toEqual(report)
      const { hours, suspensions, roof } = report.course
      expect(hours.darkOpenS).toBeLessThanOrEqual(Math.min(hours.openS, hours.dark?.passedS ?? 0))
      expect(hours.idleS + hours.darkObservingS).toBeLessThanOrEqual(hours.darkOpenS + 0.1)
      expect(hours.suspendedS).toBeCloseTo(
        suspensions.reduce((s, { suspendedS }) => s + suspendedS, 0),
        0,
      )
      const openS = roof.spans
        .filter(({ state }) => state === 'open')
        .reduce((s, { from, to }) => s + (Date.parse(to) - Date.parse(from)) / 1000, 0)
      expect(hours.openS).toBeCloseTo(openS, 0)
    },
  )
})
