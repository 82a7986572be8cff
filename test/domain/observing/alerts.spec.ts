import { describe, expect, it } from 'vitest'
import type { AskDevice } from '#domain/devices/ask.ts'
import { phaseTimes } from '#domain/night/sun-phases.ts'
import type { RequestContent } from '#domain/requests/events.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { addSeconds, type Instant } from '#domain/shared/time.ts'
import { type Behaviour, PureNight } from '#test/support/pure-night.ts'
import { requestGiven } from '#test/support/submitted-requests.ts'
import published from '../../fixtures/events/SchedulePublished.v1.json' with { type: 'json' }

const noon = '2026-11-20T20:00:00.000Z'
const dark = addSeconds(phaseTimes(sanPedroMartir, '2026-11-20').observing ?? noon, 600)
const later = (s: number): Instant => addSeconds(dark, s)

const asked: AskDevice[] = []
const watching: Behaviour = (ask) => {
  asked.push(ask)
  return { afterS: ask.name === 'expose' ? Number(ask.parameters['exposureS']) + 2 : 5 }
}

/** A night in which everything is ready to observe. */
const ready = (): PureNight => {
  asked.length = 0
  const night = new PureNight(noon, watching)
  night.verdict('safe')
  night.open()
  night.until(dark)
  return night
}

const submit = (night: PureNight, requestId: string, more: Partial<Omit<RequestContent, 'sequences'>> = {}) =>
  night.happen(`request-${requestId}`, { type: 'RequestSubmitted', data: requestGiven(requestId, more) })

const burst = { alert: { triggerId: 'swift-1', level: 1 }, source: 'alert' } as const

type Place = { readonly id: string; readonly at: Instant; readonly kind?: 'alert' | 'planned' | 'fixed' }

const publish = (night: PureNight, version: number, places: readonly Place[], preempts?: [string, string]) =>
  night.happen('schedule', {
    type: 'SchedulePublished',
    data: {
      ...published,
      scheduleVersion: version,
      basedOn: { commit: `${night.log.length}`, prepare: `${night.log.length}` },
      placed: places.map(({ id, at, kind = 'planned' }) => ({
        ...published.placed[0],
        sequenceId: `${id}.1`,
        requestId: id,
        kind,
        setupAt: at,
        startsAt: at,
        endsAt: addSeconds(at, 600),
        slackAfterS: 60,
      })),
      preempted: preempts ? [{ sequenceId: `${preempts[0]}.1`, by: `${preempts[1]}.1` }] : [],
    },
  })

const withdraw = (night: PureNight, requestId: string, stopRunning?: false) =>
  night.happen(`request-${requestId}`, {
    type: 'RequestWithdrawn',
    data: {
      requestId,
      sequenceIds: [`${requestId}.1`],
      why: 'retracted',
      ...(stopRunning === false ? { stopRunning } : {}),
    },
  })

const course = (night: PureNight) =>
  night.log.flatMap(({ type, data }) => {
    if (!/^Observation/.test(type)) return []
    const { sequenceId, why } = data as { sequenceId: string; why?: string }
    return [[type, sequenceId, ...(why ? [why] : [])].join(' ')]
  })

describe('the observer and alerts', () => {
  it('P35 a plan that pre-empts ends what runs, and the alert begins at once', () => {
    const night = ready()
    submit(night, 'survey')
    publish(night, 1, [{ id: 'survey', at: dark }])
    night.until(later(100))
    submit(night, 'grb', burst)
    publish(night, 2, [{ id: 'grb', at: later(100), kind: 'alert' }], ['survey', 'grb'])
    night.until(later(120))
    expect(course(night)).toEqual([
      'ObservationStarted survey.1',
      'ObservationAborted survey.1 alert',
      'ObservationStarted grb.1',
    ])
    expect(asked.filter(({ device }) => device === 'telescope').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['go-to', 'stop']),
    )
  })

  it('P36 a retraction that stops ends what runs; one that lets it finish does not', () => {
    for (const [stopRunning, end] of [
      [undefined, 'ObservationAborted grb.1 withdrawn'],
      [false, 'ObservationFinished grb.1'],
    ] as const) {
      const night = ready()
      submit(night, 'grb', burst)
      publish(night, 1, [{ id: 'grb', at: dark, kind: 'alert' }])
      night.until(later(100))
      withdraw(night, 'grb', stopRunning)
      publish(night, 2, [])
      night.until(later(3600))
      expect(course(night)).toEqual(['ObservationStarted grb.1', end])
    }
  })

  it('what is withdrawn between the decision to begin and the beginning ends at once', () => {
    const night = ready()
    submit(night, 'grb', burst)
    publish(night, 1, [{ id: 'grb', at: dark, kind: 'alert' }])
    withdraw(night, 'grb')
    night.until(later(10))
    expect(course(night)).toEqual(['ObservationStarted grb.1', 'ObservationAborted grb.1 withdrawn'])
  })

  it('what began while an alert was put into the plan gives way to it', () => {
    const night = ready()
    submit(night, 'survey')
    submit(night, 'grb', burst)
    publish(night, 1, [{ id: 'survey', at: dark }])
    publish(night, 2, [{ id: 'grb', at: dark, kind: 'alert' }])
    night.until(later(10))
    expect(course(night).toSorted()).toEqual([
      'ObservationAborted survey.1 alert',
      'ObservationStarted grb.1',
      'ObservationStarted survey.1',
    ])
  })

  it('P35 all that a drill asks of devices is marked as one, so that a real device refuses it', () => {
    const night = ready()
    submit(night, 'drill', { ...burst, source: 'fake' })
    publish(night, 1, [{ id: 'drill', at: dark, kind: 'alert' }])
    const before = asked.length
    night.until(later(3600))
    const ofDrill = asked.slice(before)
    expect(ofDrill.map(({ name }) => name)).toEqual(expect.arrayContaining(['go-to', 'set-filter', 'expose']))
    expect(ofDrill.every(({ isDrill }) => isDrill === true)).toBe(true)
    expect(asked.slice(0, before).some(({ isDrill }) => isDrill === true)).toBe(false)
  })
})
