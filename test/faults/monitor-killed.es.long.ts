import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import type { EnvironmentAssessed } from '#domain/environment/events.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { nightBefore, nightOf } from '#domain/shared/night.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { PlcSimulator } from '#simulators/plc.ts'
import { scenarioNamed } from '#simulators/scenario-file.ts'
import { freshEventStore } from '#test/support/event-store.ts'

const program = fileURLToPath(new URL('monitor.program.ts', import.meta.url))

/** Runs the monitor until it has said so many polls, kills it at that very moment, and gives what it said. */
const pollsUntilKilled = async (env: NodeJS.ProcessEnv, polls: number): Promise<string[]> => {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  const said: string[] = []
  createInterface(child.stdout).on('line', (line) => {
    said.push(line)
    if (said.length === polls) child.kill('SIGKILL')
  })
  await closed
  return said
}

const isAssessment = (event: Recorded): event is Recorded<EnvironmentAssessed> =>
  event.type === 'EnvironmentAssessed'

it('P52 W9 the monitor killed with -9 and started again: readings go on, none lost, none doubled', async () => {
  await using log = await freshEventStore()
  const simulator = new PlcSimulator({ clock: systemClock, scenario: scenarioNamed('demo') })
  const { host, port } = await simulator.listen({ host: '127.0.0.1', port: 0 })
  const env = { EVENTSTORE_URL: log.url, PLC_ADDRESS: `${host}:${port}`, PLC_PERIOD_MS: '100' }
  const acknowledged: string[] = []
  for (const polls of [1, 4, 2, 7]) acknowledged.push(...(await pollsUntilKilled(env, polls)))
  await simulator.stop()

  const assessed: Recorded<EnvironmentAssessed>[] = []
  const night = nightOf(instantOf(Date.now()), sanPedroMartir.timeZone)
  for (const name of [night, nightBefore(night)]) {
    for await (const event of log.store.readBackwards(environmentStream('osm', name))) {
      if (isAssessment(event)) assessed.unshift(event)
    }
  }
  const times = assessed.map(({ metadata }) => metadata.occurredAt)
  expect(acknowledged.filter((at) => times.filter((time) => time === at).length !== 1)).toEqual([])
  expect(times).toEqual([...times].sort())
  // Every poll of a night has its number, across all restarts.
  for (const polls of Map.groupBy(assessed, ({ metadata }) => metadata.night).values()) {
    expect(polls.map(({ data }) => data.poll)).toEqual(polls.map((_, index) => index + 1))
  }
})
