import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadEnvironment } from '#commands/environment/load-environment.ts'
import { type EventStore, RevisionConflict, StoreUnavailable } from '#commands/event-store.ts'
import { residentHandler } from '#commands/resident-handler.ts'
import type { EnvironmentCommand } from '#domain/environment/commands.ts'
import { environment } from '#domain/environment/decider.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { eventIdOf } from '#domain/shared/ids.ts'
import { fineWeather, night, reply, unreachable, weather } from '#test/support/environment.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'

let log: FreshEventStore
beforeAll(async () => {
  log = await freshEventStore()
})
afterAll(() => log[Symbol.asyncDispose]())

const handlerAt = (site: string, store: EventStore = log.store) =>
  residentHandler({
    store,
    decider: environment,
    streamOf: (command: EnvironmentCommand) => environmentStream(site, command.night),
    load: (command) => loadEnvironment(store, site, command),
    context: { actor: { kind: 'agent', id: 'environment-monitor' }, site, simulated: true },
  })

const eventsOf = async (site: string, name = night): Promise<Recorded[]> => {
  const events: Recorded[] = []
  for await (const event of log.store.readBackwards(environmentStream(site, name))) events.unshift(event)
  return events
}

describe('a poll on record', () => {
  it('is one append, in order, with derived ids, causes and the metadata of every event', async () => {
    const handle = handlerAt('whole')
    const command = reply(0, weather())
    await handle(command)
    const events = await eventsOf('whole')
    expect(events.map(({ type }) => type)).toEqual([
      'WeatherReadingRecorded',
      'SiteReadingRecorded',
      'EnvironmentAssessed',
      'SafetyVerdictGiven',
    ])
    expect(events.map(({ id }) => id)).toEqual(
      [0, 1, 2, 3].map((index) => eventIdOf(command.commandId, index)),
    )
    const [weatherReading, , assessed, verdict] = events
    expect(weatherReading?.metadata).toEqual({
      schemaVersion: 1,
      occurredAt: command.at,
      observedAt: command.at,
      correlationId: command.commandId,
      causationId: command.commandId,
      actor: { kind: 'agent', id: 'environment-monitor' },
      site: 'whole',
      night,
      simulated: true,
    })
    expect(assessed?.metadata).toMatchObject({ causationId: weatherReading?.id, rulesVersion: 'safety-1' })
    expect(verdict?.metadata).toMatchObject({ causationId: assessed?.id, rulesVersion: 'safety-1' })
  })

  it('handled again, by the same process or another, appends nothing', async () => {
    const command = reply(0, weather())
    await handlerAt('again')(command)
    const before = await eventsOf('again')
    expect(await handlerAt('again')(command)).toEqual([])
    expect(await eventsOf('again')).toEqual(before)
  })

  it('whose acknowledgement was lost is repeated and stands once', async () => {
    let lose = true
    const forgetful: EventStore = {
      ...log.store,
      append: async (...append) => {
        const appended = await log.store.append(...append)
        if (!lose) return appended
        lose = false
        throw new StoreUnavailable('the line broke before the answer')
      },
    }
    const handle = handlerAt('lost', forgetful)
    const command = reply(0, weather())
    await expect(handle(command)).rejects.toThrow(StoreUnavailable)
    await handle(command)
    expect(await eventsOf('lost')).toHaveLength(4)
  })

  it('is decided anew when another process wrote first', async () => {
    const [one, other] = [handlerAt('two'), handlerAt('two')]
    await one(reply(0, weather()))
    await other(reply(2, weather()))
    await one(reply(4, weather()))
    const polls = (await eventsOf('two')).flatMap(({ data }) =>
      typeof data === 'object' && data !== null && 'poll' in data ? [data.poll] : [],
    )
    expect(polls).toEqual([1, 2, 3])
  })

  it('gives up on a stream that others write to without a pause', async () => {
    const contested: EventStore = {
      ...log.store,
      append: async (stream, _, expected) => {
        throw new RevisionConflict(stream, expected, 7n)
      },
    }
    await expect(handlerAt('contested', contested)(reply(0, weather()))).rejects.toThrow(RevisionConflict)
  })

  it('that its schema refuses is not written, and the error names the field', async () => {
    const decider = {
      ...environment,
      decide: () => [{ type: 'PlcLinkLost', data: { address: 'x', phase: 'connect', detail: 7 } }],
    }
    const handle = residentHandler({
      store: log.store,
      decider: decider as unknown as typeof environment,
      streamOf: () => environmentStream('refused', night),
      load: async () => ({ state: environment.initial, revision: 'none', recent: [] }),
      context: { actor: { kind: 'agent', id: 'environment-monitor' }, site: 'refused', simulated: true },
    })
    await expect(handle(reply(0, weather()))).rejects.toThrow('PlcLinkLost cannot be written: data.detail')
    expect(await eventsOf('refused')).toEqual([])
  })
})

describe('a monitor started anew', () => {
  it('goes on as if it had never stopped: same events as one that ran through, across noon too', async () => {
    const evening = fineWeather(0, 400)
    const nextDay = fineWeather(402, 480).map((command) => ({ ...command, night: '2026-11-21' }))
    const commands: EnvironmentCommand[] = [...evening, unreachable(401), ...nextDay].sort((a, b) =>
      a.at < b.at ? -1 : 1,
    )
    const through = handlerAt('through')
    for (const command of commands) await through(command)
    let handle = handlerAt('anew')
    for (const [i, command] of commands.entries()) {
      if (i % 17 === 0) handle = handlerAt('anew')
      await handle(command)
    }
    const facts = (events: Recorded[]) => events.map(({ id, type, data }) => ({ id, type, data }))
    for (const name of [night, '2026-11-21']) {
      expect(facts(await eventsOf('anew', name))).toEqual(facts(await eventsOf('through', name)))
    }
  })
})
