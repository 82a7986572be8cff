import { describe, expect, it } from 'vitest'
import { alertManager } from '#domain/alerts/alert-manager.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { AlertPlay } from '#test/support/sample-alerts.ts'

type Heard = Parameters<typeof alertManager.react>[1]

/** As it comes back from the log, changed on the way. */
const heard = (event: Recorded | undefined, change: (text: string) => string = (text) => text) => {
  if (!event) throw new Error('the play has no such event')
  return { ...event, data: JSON.parse(change(JSON.stringify(event.data))) } as Recorded & Heard
}

const start = '2026-11-21T04:00:35.000Z'
const made = (n: number, { mission = 'swift', simulated = false } = {}) => {
  const play = new AlertPlay(start)
  play.send('swift-bat.xml')
  const event = play.events.find(({ type }) => type === 'AlertRequestMade')
  const own = heard(event, (text) => text.replaceAll('1300001', `${n}`).replaceAll('swift', mission))
  return simulated ? { ...own, metadata: { ...own.metadata, simulated: true as const } } : own
}
const adopted = (maxPerNight: number, maxPerNightOfMission = maxPerNight) =>
  heard(
    new AlertPlay(start).events.find(({ stream }) => stream === 'strategy-grb-prompt'),
    (text) =>
      text
        .replace('"maxPerNight":10', `"maxPerNight":${maxPerNight}`)
        .replace('"maxPerNightOfMission":6', `"maxPerNightOfMission":${maxPerNightOfMission}`),
  )

/** What the manager wants done about the last of some events. */
const wantedAfter = (...events: readonly (Recorded & Heard)[]) => {
  const last = events.at(-1)
  if (!last) throw new Error('no events')
  const state = events.reduce(alertManager.evolve, alertManager.initial)
  return alertManager
    .react(state, last)
    .map((effect) => (effect.kind === 'dispatch' ? effect.command.type : effect.kind))
}

describe('the alert manager', () => {
  it('submits what was asked for within the limit of the night', () => {
    expect(wantedAfter(adopted(2), made(1), made(2))).toEqual(['SubmitAlertRequest'])
  })

  it('of requests made at one moment those beyond the limit are given up', () => {
    expect(wantedAfter(adopted(2), made(1), made(2), made(3))).toEqual(['GiveUpRequest'])
  })

  it('one mission does not use up the night of the others', () => {
    expect(wantedAfter(adopted(9, 2), made(1), made(2), made(3))).toEqual(['GiveUpRequest'])
    expect(wantedAfter(adopted(9, 2), made(1), made(2), made(3, { mission: 'ep' }))).toEqual([
      'SubmitAlertRequest',
    ])
  })

  it('drills take nothing of the night from the real thing', () => {
    expect(wantedAfter(adopted(1), made(1, { simulated: true }), made(2))).toEqual(['SubmitAlertRequest'])
    expect(wantedAfter(adopted(1), made(1), made(2, { simulated: true }))).toEqual(['SubmitAlertRequest'])
  })

  it('a strategy that is adopted holds for the next notice', () => {
    const play = new AlertPlay(start)
    play.send('svom-grm.xml')
    const notice = heard(play.events.find(({ type }) => type === 'NoticeRead'))
    const [effect] = alertManager.react(
      [adopted(7), notice].reduce(alertManager.evolve, alertManager.initial),
      notice,
    )
    expect(effect).toMatchObject({
      command: { strategies: [{ strategy: { name: 'grb-prompt', gates: { maxPerNight: 7 } } }] },
    })
  })

  it('knows what runs, and what of it has ended', () => {
    const observation = (type: string) =>
      heard({ ...made(1), type, data: { requestId: 'alert-swift-1', sequenceId: 'alert-swift-1.1' } })
    const running = [adopted(2), made(1), observation('ObservationStarted')].reduce(
      alertManager.evolve,
      alertManager.initial,
    )
    expect([...running.running]).toEqual(['swift 1'])
    expect(alertManager.evolve(running, observation('ObservationFinished')).running.size).toBe(0)
  })

  it('sees one thing in two missions, and not in one', () => {
    const play = new AlertPlay(start)
    for (const file of ['swift-bat.xml', 'ep-wxt.json', 'fermi-gbm-flight.xml']) play.send(file)
    const pairs = play.events
      .filter(({ type }) => type === 'TriggersCoincided')
      .map(({ data }) => JSON.parse(JSON.stringify(data)))
      .map(({ trigger, other }) => [trigger, other.trigger])
    expect(pairs).toEqual([
      ['ep-01709400001', 'swift-1300001'],
      ['fermi-gbm-816000001', 'swift-1300001'],
      ['fermi-gbm-816000001', 'ep-01709400001'],
    ])
  })
})
