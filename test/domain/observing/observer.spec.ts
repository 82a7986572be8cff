import { describe, expect, it } from 'vitest'
import { phaseTimes } from '#domain/night/sun-phases.ts'
import type { SchedulePublished } from '#domain/planning/events.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { type PlannedEntry, planPublished } from '#test/support/published-plan.ts'
import { type Behaviour, PureNight } from '#test/support/pure-night.ts'
import { requestGiven } from '#test/support/submitted-requests.ts'

const dark = phaseTimes(sanPedroMartir, '2026-11-20').observing ?? ''
const at = (seconds: number) => addSeconds(dark, seconds)

const published = (
  night: PureNight,
  version: number,
  entries: readonly PlannedEntry[],
  preempted: SchedulePublished['data']['preempted'] = [],
  knows = night.log.length,
) => night.happen('schedule', planPublished(dark, version, knows, entries, preempted))

const asked = (night: PureNight, requestId: string) =>
  night.happen(`request-${requestId}`, {
    type: 'RequestSubmitted',
    data: requestGiven(requestId, {
      sequences: [
        {
          albums: [
            {
              name: 'visible',
              detector: 'visible',
              plans: [
                { name: 'r', filter: 'r', exposureS: 20, images: 2 },
                { name: 'g', filter: 'g', exposureS: 10, images: 1 },
              ],
            },
            {
              name: 'infrared',
              detector: 'infrared',
              plans: [{ name: 'J', filter: 'J', exposureS: 5, images: 3 }],
            },
          ],
        },
      ],
    }),
  })

/** An hour into the dark, the roof open under a safe verdict. */
const observing = (behaviour?: Behaviour): PureNight => {
  const night = new PureNight('2026-11-20T20:00:00.000Z', behaviour)
  night.verdict('safe')
  night.open()
  night.until(at(3600))
  asked(night, 'a')
  asked(night, 'b')
  return night
}

const outcomes = ({ log }: PureNight) =>
  log.flatMap(({ type, data }) => {
    const { sequenceId, why } = data as { sequenceId: string; why?: string }
    return /^(Observation|SequenceMissed)/.test(type)
      ? [[type, sequenceId, ...(why ? [why] : [])].join(' ')]
      : []
  })

const asksOf = ({ log }: PureNight, device: string) =>
  log.flatMap(({ type, data }) => {
    const ask = data as { device: string; name: string }
    return type === 'DeviceCommandRequested' && ask.device === device ? [ask.name] : []
  })

describe('the observer', () => {
  it('P38 begins a sequence at its time, points first, and lets both detectors work side by side', () => {
    const night = observing()
    published(night, 1, [{ id: 'a.1', fromS: 3800 }])
    night.until(at(5000))
    expect(outcomes(night)).toEqual(['ObservationStarted a.1', 'ObservationFinished a.1'])
    expect(night.log.find(({ type }) => type === 'ObservationStarted')?.metadata.occurredAt).toBe(at(3740))
    expect(asksOf(night, 'visible-camera')).toEqual([
      'set-filter',
      'expose',
      'expose',
      'set-filter',
      'expose',
    ])
    expect(asksOf(night, 'infrared-camera')).toEqual(['set-filter', 'expose', 'expose', 'expose'])
    expect(night.types('PlanStarted', 'PlanFinished')).toHaveLength(6)
    const finished = night.log.find(({ type }) => type === 'ObservationFinished')
    expect(finished?.data).toMatchObject({ imagesTaken: 6, imagesExpected: 6, openShutterS: 65 })
    const pointed = night.log.findIndex(
      ({ type, data }) => type === 'DeviceCommandCompleted' && (data as { name: string }).name === 'follow',
    )
    const exposed = night.log.findIndex(
      ({ type, data }) => type === 'DeviceCommandRequested' && (data as { name: string }).name === 'expose',
    )
    expect(pointed).toBeLessThan(exposed)
  })

  it('observes one after the other, the second late by what the first took longer', () => {
    const night = observing()
    published(night, 1, [
      { id: 'a.1', fromS: 3800, lastsS: 10 },
      { id: 'b.1', fromS: 3830, lastsS: 10, slackS: 600 },
    ])
    night.until(at(5000))
    expect(outcomes(night)).toEqual([
      'ObservationStarted a.1',
      'ObservationFinished a.1',
      'ObservationStarted b.1',
      'ObservationFinished b.1',
    ])
  })

  it('P39 is interrupted by the weather at once, cameras and telescope too, and goes on by a new plan', () => {
    const night = observing()
    published(night, 1, [{ id: 'a.1', fromS: 3800 }])
    night.until(at(3790))
    night.verdict('unsafe')
    night.until(at(3800))
    expect(outcomes(night)).toEqual(['ObservationStarted a.1', 'ObservationAborted a.1 weather'])
    expect(asksOf(night, 'visible-camera').at(-1)).toBe('abort')
    expect(asksOf(night, 'telescope').at(-1)).toBe('stop')
    night.verdict('safe')
    night.until(at(3900))
    published(night, 2, [{ id: 'a.1', fromS: 4000 }])
    night.until(at(5000))
    expect(outcomes(night).slice(2)).toEqual(['ObservationStarted a.1', 'ObservationFinished a.1'])
    expect(night.log.findLast(({ type }) => type === 'ObservationStarted')?.data).toMatchObject({
      attempt: 2,
    })
  })

  it('P36 gives way to an alert that the plan puts in its place', () => {
    const night = observing()
    published(night, 1, [{ id: 'a.1', fromS: 3800 }])
    night.until(at(3810))
    published(night, 2, [{ id: 'b.1', fromS: 3870 }], [{ sequenceId: 'a.1', by: 'b.1' }])
    night.until(at(5000))
    expect(outcomes(night)).toEqual([
      'ObservationStarted a.1',
      'ObservationAborted a.1 alert',
      'ObservationStarted b.1',
      'ObservationFinished b.1',
    ])
  })

  it('misses what it could not begin in time, and says why', () => {
    const night = observing()
    night.mode('manual')
    published(night, 1, [{ id: 'a.1', fromS: 3800, slackS: 30 }])
    night.until(at(5000))
    expect(outcomes(night)).toEqual(['SequenceMissed a.1 manual'])
  })

  it('begins nothing new under a warning', () => {
    const night = observing()
    night.verdict('warn')
    published(night, 1, [{ id: 'a.1', fromS: 3800, slackS: 30 }])
    night.until(at(5000))
    expect(outcomes(night)).toEqual(['SequenceMissed a.1 suspended'])
  })

  it('ends what a device cannot do', () => {
    const night = observing(({ name, device }) =>
      name === 'set-filter' && device === 'infrared-camera'
        ? { afterS: 10, fails: 'the wheel is stuck' }
        : { afterS: 5 },
    )
    published(night, 1, [{ id: 'a.1', fromS: 3800 }])
    night.until(at(5000))
    expect(outcomes(night)).toEqual(['ObservationStarted a.1', 'ObservationAborted a.1 device'])
  })

  it('asks nothing more of the other camera once it has decided to abort', () => {
    const night = observing(({ name, device }) =>
      name === 'set-filter' && device === 'visible-camera'
        ? { afterS: 5, fails: 'the wheel is stuck' }
        : { afterS: 5 },
    )
    published(night, 1, [{ id: 'a.1', fromS: 3800 }])
    night.until(at(5000))
    expect(asksOf(night, 'infrared-camera')).toEqual(['set-filter', 'abort'])
  })

  it('ends what shows no progress: a camera that never answers is not waited for all night', () => {
    const night = observing(({ name }) => ({ afterS: name === 'expose' ? 100_000 : 5 }))
    published(night, 1, [{ id: 'a.1', fromS: 3800 }])
    night.until(at(3800 + 5 * 700))
    expect(outcomes(night)).toEqual(['ObservationStarted a.1', 'ObservationAborted a.1 no-progress'])
  })

  it('ends what is withdrawn while it runs, and does not begin what was withdrawn before', () => {
    const night = observing()
    published(night, 1, [
      { id: 'a.1', fromS: 3800 },
      { id: 'b.1', fromS: 4000 },
    ])
    night.until(at(3780))
    for (const requestId of ['a', 'b'])
      night.happen(`request-${requestId}`, {
        type: 'RequestWithdrawn',
        data: { requestId, sequenceIds: [`${requestId}.1`], why: 'no longer wanted' },
      })
    night.until(at(5000))
    expect(outcomes(night)).toEqual(['ObservationStarted a.1', 'ObservationAborted a.1 withdrawn'])
  })

  it('does not take up again what a plan made before its end still has', () => {
    const night = observing()
    published(night, 1, [{ id: 'a.1', fromS: 3800 }])
    const known = night.log.length
    night.until(at(4000))
    published(night, 2, [{ id: 'a.1', fromS: 4100 }], [], known)
    night.until(at(5000))
    expect(outcomes(night)).toEqual(['ObservationStarted a.1', 'ObservationFinished a.1'])
  })
})
