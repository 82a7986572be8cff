import { describe, expect, it } from 'vitest'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { nightNamed } from '#simulators/night-file.ts'
import { broken, happened, lived, reportOf } from '#test/support/simulated-night.ts'

const timeout = 600_000

describe('everything at once', () => {
  const scenario = nightNamed('everything-at-once', { site: sanPedroMartir })

  it('W17 is as it expects, and the roof is never open when it should not be', { timeout }, async () => {
    const night = await lived(scenario)
    expect(broken(night)).toEqual([])
    expect(night.unsafeOpenS).toBe(0)
    const { course, observing, alerts } = reportOf(night)
    expect(course.suspensions.map(({ causes }) => causes[0]?.why)).toEqual([
      'weather',
      'weather',
      'weather',
      'mode',
      'weather',
      'weather',
      'weather',
    ])
    expect(course.modeChanges.map(({ mode, by }) => `${mode} by ${by}`)).toEqual([
      'manual by user olga',
      'automatic by user olga',
      'manual by agent majordome',
      'automatic by user olga',
    ])
    expect(course.closed).not.toBeNull()
    expect(alerts.triggers.map(({ mission, retracted }) => `${mission} ${retracted}`)).toEqual([
      'swift false',
      'svom true',
    ])
    expect(observing.totals.abortedByWhy).toMatchObject({ alert: 2, person: 1, withdrawn: 1 })
    expect(observing.missed).toEqual([])
    // Every command that was agreed to has come to an end, one.
    const agreed = happened(night, 'DeviceCommandAgreed').map(({ data }) => data['conversationId'])
    const ends = ['DeviceCommandCompleted', 'DeviceCommandFailed', 'DeviceCommandTimedOut'].flatMap((type) =>
      happened(night, type).map(({ data }) => data['conversationId']),
    )
    expect(new Set(ends).size).toBe(ends.length)
    expect(agreed.filter((id) => !ends.includes(id))).toEqual([])
  })
})
