import { describe, expect, it } from 'vitest'
import { nightReportSchema } from '#domain/night/report-schema.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { secondsBetween } from '#domain/shared/time.ts'
import { nightReportOf } from '#test/support/night-report-of.ts'
import { observingAt, sampleWholeNight } from '#test/support/sample-whole-night.ts'

const nextNoon = '2026-11-21T20:00:00.000Z'
const log = sampleWholeNight()
const report = nightReportOf(log, nextNoon)
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

describe('the report of a whole night', () => {
  it('is what its schema says, and misses nothing', () => {
    expect(nightReportSchema.parse(report)).toEqual(report)
    expect(report.notOnRecord).toEqual([])
  })

  it('is the same for its events in another log, at other positions', () => {
    const imported = log.map((event): Recorded => {
      const commit = event.position.commit * 1_000n + 5n
      return JSON.parse(
        JSON.stringify({
          ...event,
          position: { commit: `${commit}`, prepare: `${commit}` },
          revision: `${event.revision}`,
        }),
      )
    })
    expect(nightReportOf(imported, nextNoon)).toEqual(report)
  })

  it('has the phases one after the other, without a gap', () => {
    const { phases, openedAt, mode, closed } = report.course
    expect(phases.map(({ phase }) => phase)).toEqual([
      'opening',
      'evening-flats',
      'focusing',
      'observing',
      'morning-flats',
      'closing',
      'calibrations',
      'day',
    ])
    expect(phases.slice(1).map(({ from }) => from)).toEqual(phases.slice(0, -1).map(({ to }) => to))
    expect(openedAt).not.toBeNull()
    expect([mode, closed?.summary]).toEqual([
      'automatic',
      expect.stringMatching(/^24 observations, roof open/),
    ])
  })

  it('has each suspension with its cause, the verdict and what ended it', () => {
    const { suspensions, modeChanges } = report.course
    expect(suspensions.map(({ causes }) => causes.map(({ why }) => why))).toEqual([
      ['weather'],
      ['mode'],
      ['weather'],
    ])
    const [rain, byHand] = suspensions
    expect(rain?.causes[0]?.detail).toMatch(/^rain 3 mm\/h is over its limit/)
    const verdict = log.find(({ id }) => id === rain?.causes[0]?.verdictId)
    expect(verdict?.type).toBe('SafetyVerdictGiven')
    expect(rain?.resumed?.detail).toBe('the site is safe again')
    expect(rain?.suspendedS).toBeCloseTo(secondsBetween(rain?.from ?? '', rain?.to ?? ''), 3)
    expect(byHand?.suspendedS).toBe(1_500)
    expect(modeChanges.map(({ previous, mode, why }) => [previous, mode, why])).toEqual([
      ['automatic', 'manual', 'looking at the mirror'],
      ['manual', 'automatic', 'all is well'],
    ])
  })

  it('divides the dark time by what the roof and the observer did', () => {
    const { hours } = report.course
    const { observations } = report.observing
    expect(hours.dark?.passedS).toBeCloseTo(secondsBetween(hours.dark?.from ?? '', hours.dark?.to ?? ''), 1)
    expect(hours.darkObservingS).toBeCloseTo(
      sum(observations.map(({ from, to }) => secondsBetween(from, to ?? ''))),
      0,
    )
    expect(hours.suspendedS).toBeCloseTo(
      sum(report.course.suspensions.map(({ suspendedS }) => suspendedS)),
      0,
    )
    expect(hours.idleS).toBeGreaterThan(0)
    // In manual mode the roof stays open; nothing else is dark, open and suspended here but the closing itself.
    expect(hours.idleS + hours.darkObservingS + 1_500).toBeCloseTo(hours.darkOpenS, -2)
    expect(report.roof?.wasOpenS).toBeLessThanOrEqual(report.roof?.couldOpenS ?? 0)
  })

  it('has each observation with its name, outcome and images', () => {
    const { observations, missed, totals } = report.observing
    const images = log.filter(({ type }) => type === 'ImageAcquired')
    expect(sum(observations.map(({ imagesTaken }) => imagesTaken))).toBe(images.length)
    expect(totals).toMatchObject({
      observations: 27,
      finished: 24,
      aborted: 3,
      abortedByWhy: { device: 1, person: 1, weather: 1 },
      missed: 3,
      images: images.length,
      exposureS: { visible: 15_360, infrared: 600 },
      openShutterS: 15_360,
    })
    expect(totals.efficiency).toBeCloseTo(15_360 / (report.course.hours.dark?.passedS ?? 1), 3)
    expect(observations.find(({ outcome }) => outcome === 'aborted')).toMatchObject({
      name: 'field survey.4',
      attempt: 1,
      why: 'weather',
      imagesTaken: 8,
      imagesExpected: 10,
      openShutterS: 480,
    })
    expect(missed.map(({ name, why }) => [name, why])).toEqual([
      ['field survey.5', 'suspended'],
      ['field survey.17', 'manual'],
      ['field survey.21', 'suspended'],
    ])
  })

  it('has what was planned, what for, and what the last plan left out', () =>
    expect(report.schedule).toMatchObject({
      plans: 3,
      alertsInserted: 1,
      causes: { submission: 1, conditions: 1, alert: 1 },
      last: {
        scheduleVersion: 3,
        placed: 19,
        unplaced: 2,
        unplacedByCode: { DISPLACED: 1, NO_ROOM: 1 },
        value: 190,
        bound: 192,
      },
    }))

  it('has each trigger with the gate that refused it, or how soon it was observed', () => {
    const { notices, triggers, retractions } = report.alerts
    expect(notices).toMatchObject({ received: 7, quarantined: 1, bySource: { folder: 7 } })
    expect(notices.byMission).toMatchObject({ swift: 2, lvk: 2 })
    expect(retractions).toBe(1)
    const [swift] = triggers
    expect(swift).toMatchObject({ trigger: 'swift-1300001', outcome: 'observe', refusedBy: null })
    expect(swift?.latency).toMatchObject({ requestedS: 0, scheduledS: 2, startedS: expect.any(Number) })
    expect(swift?.latency?.firstImageS).toBeGreaterThan(swift?.latency?.startedS ?? 0)
    expect(triggers.find(({ trigger }) => trigger === 'swift-99999')).toMatchObject({
      outcome: 'ignore',
      refusedBy: { gate: 'test' },
      latency: null,
    })
    expect(triggers.find(({ mission }) => mission === 'lvk')?.retracted).toBe(true)
  })

  it('has what devices did not do, and what was done about it', () => {
    const { commands, problems, links, alarms } = report.devices
    const asked = log.filter(({ type }) => type === 'DeviceCommandRequested').length
    expect(sum(commands.map(({ requested }) => requested))).toBe(asked)
    expect(problems.map(({ device, name, outcome, why }) => [device, name, outcome, why])).toEqual([
      ['visible-camera', 'expose', 'failed', 'the shutter is stuck'],
    ])
    expect(links).toEqual([
      {
        device: 'infrared-camera',
        from: observingAt(8_000),
        to: observingAt(8_240),
        downS: 240,
        detail: 'silent for 10 s',
      },
    ])
    expect(alarms.map(({ raised, steps }) => [raised, steps.map(({ step }) => step)])).toEqual([
      [3, ['reconnect', 'reset', 'power-cycle']],
    ])
  })

  it('tells in the middle of the night what goes on', () => {
    const now = observingAt(4_000)
    const early = nightReportOf(
      log.filter(({ metadata }) => metadata.occurredAt <= now),
      now,
    )
    expect(early.course.suspensions.at(-1)).toMatchObject({
      to: null,
      resumed: null,
      suspendedS: expect.any(Number),
    })
    expect(early.course.suspensions.at(-1)?.suspendedS).toBeGreaterThan(390)
    expect(early.course.hours.dark?.passedS).toBeCloseTo(4_000, 0)
    expect(early.course.closed).toBeNull()
  })
})
