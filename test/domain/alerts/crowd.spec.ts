import { describe, expect, it } from 'vitest'
import { alertManager } from '#domain/alerts/alert-manager.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { AlertPlay } from '#test/support/sample-alerts.ts'

type Heard = Parameters<typeof alertManager.react>[1]
type Effects = ReturnType<typeof alertManager.react>

const start = '2026-11-21T04:00:35.000Z'

const heard = (event: Omit<Recorded, 'position' | 'revision'>, place: number): Heard =>
  ({
    ...event,
    revision: 0n,
    position: { commit: BigInt(place), prepare: BigInt(place) },
  }) as Recorded as Heard

const template = (file: string): Recorded => {
  const play = new AlertPlay(start)
  play.send(file)
  const read = play.events.find(({ type }) => type === 'NoticeRead')
  if (!read) throw new Error(`${file} was not read`)
  return read
}

/** The notice in a file as another of its kind: the same author, another trigger. */
const another = (read: Recorded, n: number, at = start): Heard =>
  heard(
    {
      ...read,
      id: uuidFrom(`${read.stream}/${n}`, noctuaryNamespace),
      data: JSON.parse(
        JSON.stringify(read.data)
          .replaceAll('1300001', `${n}`)
          .replace(/"receivedAt":"[^"]*"/, `"receivedAt":"${at}"`),
      ),
      metadata: { ...read.metadata, occurredAt: at },
    },
    1_000 + n,
  )

const some = template('swift-bat.xml')

const fired = (n: number, at: string): Heard =>
  heard(
    {
      ...some,
      id: uuidFrom(`fired/${n}`, noctuaryNamespace),
      type: 'TimerFired',
      data: { process: 'alertManager', instance: 'osm', timer: 'crowd', dueAt: at },
    },
    1_000_000 + n,
  )

/** A manager through which events go; what it wants after each. */
const manager = () => {
  let state = new AlertPlay(start).events
    .filter(({ type }) => type === 'StrategyAdopted')
    .reduce((known, event) => alertManager.evolve(known, event as Heard), alertManager.initial)
  return (event: Heard): Effects => {
    state = alertManager.evolve(state, event)
    return alertManager.react(state, event)
  }
}

const triggersIn = (effects: Effects): string[] =>
  effects.flatMap((effect) => {
    if (effect.kind !== 'dispatch') return []
    if (effect.command.type === 'TakeNotice') return [effect.command.triggerId]
    return effect.command.type === 'TakeNotices'
      ? effect.command.notices.map(({ triggerId }) => triggerId)
      : []
  })

describe('a crowd of notices', () => {
  const swift = template('swift-bat.xml')

  it('what another author sends among 10,000 is taken at once', () => {
    const hear = manager()
    const other = template('ep-wxt.json')
    const taken: string[] = []
    for (let n = 1; n <= 10_000; n++) {
      taken.push(...triggersIn(hear(another(swift, n))))
      if (n === 5_000) expect(triggersIn(hear(another(other, n)))).toHaveLength(1)
    }
    expect(taken.length).toBeLessThan(100)
  })

  it('what waits is taken in turns, the newest first, until nothing is left and nothing twice', () => {
    const hear = manager()
    const sent = Array.from({ length: 500 }, (_, n) => `${n + 1}`)
    const taken = sent.flatMap((id) => triggersIn(hear(another(swift, Number(id)))))
    const turns: string[][] = []
    for (let turn = 1; taken.length + turns.flat().length < sent.length; turn++) {
      expect(turn).toBeLessThan(100)
      turns.push(triggersIn(hear(fired(turn, start))))
    }
    expect(turns[0]?.[0]).toBe('500')
    expect([...taken, ...turns.flat()].map(Number).toSorted((a, b) => a - b)).toEqual(sent.map(Number))
    expect(hear(fired(1_000, start))).toEqual([])
  })

  it('asks for one timer, however many wait', () => {
    const hear = manager()
    const effects = Array.from({ length: 300 }, (_, n) => hear(another(swift, n + 1))).flat()
    expect(effects.filter(({ kind }) => kind === 'wakeAt')).toHaveLength(1)
  })

  it('tests crowd out no real notice of their author, and no retraction', () => {
    const hear = manager()
    const test = template('swift-test.xml')
    for (let n = 1; n <= 1_000; n++) hear(another(test, n))
    expect(triggersIn(hear(another(swift, 7)))).toEqual(['7'])
  })

  it('a minute later the author is heard again', () => {
    const hear = manager()
    for (let n = 1; n <= 200; n++) hear(another(swift, n))
    expect(triggersIn(hear(another(swift, 1_000, addSeconds(start, 61))))).toEqual(['1000'])
  })
})
