import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '#adapters/clock.ts'
import { lockDataDir } from '#adapters/data-dir-lock.ts'
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { hostIdentity } from '#adapters/host-identity.ts'
import { lastingProgram } from '#adapters/lasting-program.ts'
import type { Config } from '#api/config.ts'
import type { Supervised } from '#api/parts/supervise.ts'
import { supervise } from '#api/parts/supervise.ts'
import type { AgentSurroundings } from '#commands/agents/record.ts'
import { processRecord } from './process-record.ts'
import { type Program, programsFor } from './programs.ts'
import { eventStoreUrl, portsIn, settingsOf } from './settings.ts'

type Options = {
  readonly config: Config
  /** What the settings were read from, which the programs read as well. */
  readonly environment: NodeJS.ProcessEnv
  readonly scenario: string
  readonly say: (line: string) => void
}

export type RunningApart = {
  /** Each program with its process; those that are being started again have none. */
  programs(): readonly { readonly name: string; readonly pid: number | null }[]
  /** Ends all of them, last started first. */
  stop(): Promise<void>
}

const main = fileURLToPath(new URL('../../main.ts', import.meta.url))

/** So long the end of the processes may take to get on record; the log is one of them. */
const lastWordMs = 2_000

/**
 * Runs each part of the observatory in a process of its own and starts again what ends (P54, W5): the superagent. It has
 * no other work, so nothing else ends with it: what it has started goes on without it, and its successor finds it.
 */
export const startApart = async ({ config, environment, scenario, say }: Options): Promise<RunningApart> => {
  await using starting = new AsyncDisposableStack()
  const folder = path.join(config.DATA_DIR, 'processes')
  const lock = await lockDataDir(config.DATA_DIR)
  starting.defer(() => lock.release())
  const ports = await portsIn(folder, config)
  const store = openEventStore(eventStoreUrl(config, ports))
  starting.defer(() => store.close())
  const { SITE: site } = config
  const simulated = config.SIMULATED || !config.PLC_ADDRESS
  const surroundings = { store, clock: systemClock, site, host: await hostIdentity(), simulated }
  const ending = new AbortController()
  const run = (program: Program) => {
    const env = { ...environment, ...settingsOf(program, config, ports) }
    const args = ['start', '--scenario', scenario, '--only', program.parts.join(',')]
    const begin = () => lastingProgram({ name: program.name, folder, script: main, args, env })
    return { name: program.name, ...watched(program.name, begin, surroundings, ending.signal, say) }
  }
  const running = programsFor(config).map(run)
  for (const { supervised } of running) starting.defer(() => supervised.stop())
  // Before the log ends, and for no longer than it may take where it has ended already.
  starting.defer(() => farewell(running, ending))
  const stack = starting.move()
  return {
    programs: () => running.map(({ name, supervised }) => ({ name, pid: supervised.pid() })),
    stop: () => stack.disposeAsync(),
  }
}

type Watched = {
  readonly supervised: Supervised<Awaited<ReturnType<typeof lastingProgram>>>
  over(): Promise<void>
}

const watched = (
  name: string,
  begin: () => ReturnType<typeof lastingProgram>,
  surroundings: AgentSurroundings,
  signal: AbortSignal,
  say: (line: string) => void,
): Watched => {
  const record = processRecord(name, surroundings, signal)
  const { clock } = surroundings
  const supervised = supervise(name, begin, { clock, log: say, onUp: record.up, onFailure: record.ended })
  return { supervised, over: record.over }
}

const farewell = async (running: readonly Watched[], ending: AbortController): Promise<void> => {
  const timer = setTimeout(() => ending.abort(), lastWordMs)
  await Promise.all(running.map(({ over }) => over()))
  clearTimeout(timer)
}
