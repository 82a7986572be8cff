import { diskFreePercent } from '#adapters/disk-free.ts'
import { openPlc } from '#adapters/plc/plc-client.ts'
import type { Config } from '#api/config.ts'
import { loadEnvironment } from '#commands/environment/load-environment.ts'
import { type MonitorParts, type PollOutcome, runEnvironmentMonitor } from '#commands/environment/monitor.ts'
import type { Plc } from '#commands/environment/plc.ts'
import type { EventStore } from '#commands/event-store.ts'
import { residentHandler } from '#commands/resident-handler.ts'
import { hostDevice } from '#domain/environment/commands.ts'
import { environment } from '#domain/environment/decider.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Part, PartStatus } from './part.ts'

export type MonitorPart = Part & {
  /** The line to the PLC, as the polls found it. */
  plcStatus(): PartStatus
}

type MonitorOptions = {
  readonly config: Pick<
    Config,
    'SITE' | 'SAFETY_LIMITS' | 'PLC_VALID_POLICY' | 'PLC_PERIOD_MS' | 'PLC_TIMEOUT_MS' | 'DATA_DIR'
  >
  readonly store: EventStore
  /** Where it is; or the line to it, for who has one already. */
  readonly plc: { readonly host: string; readonly port: number } | Plc
  /** How much of the disk is free, where it is not this machine's that counts. */
  readonly diskFree?: () => Promise<number | null>
  readonly simulated: boolean
  readonly clock: Clock
  readonly onPoll: (outcome: PollOutcome) => void
}

/** Polls may fail to be recorded for a moment; this many periods without one is a fault. */
const periodsWithoutPoll = 5

/** The environment monitor, wired to its PLC and the log. */
export const startMonitor = ({
  config,
  store,
  plc,
  diskFree = () => diskFreePercent(config.DATA_DIR),
  simulated,
  clock,
  onPoll,
}: MonitorOptions): MonitorPart => {
  const stopping = new AbortController()
  const line = 'status' in plc ? plc : openPlc({ ...plc, timeoutMs: config.PLC_TIMEOUT_MS })
  let recorded = { at: clock.now(), answered: false, any: false }
  let error: string | null = null

  const handle = residentHandler({
    store,
    decider: environment,
    streamOf: ({ night }) => environmentStream(config.SITE.id, night),
    load: (command) => loadEnvironment(store, config.SITE.id, command),
    context: { actor: { kind: 'agent', id: 'environment-monitor' }, site: config.SITE.id, simulated },
  })

  const parts: MonitorParts = {
    plc: line,
    clock,
    site: config.SITE,
    rules: config.SAFETY_LIMITS,
    validPolicy: config.PLC_VALID_POLICY,
    periodMs: config.PLC_PERIOD_MS,
    hostReading: async () => {
      const free = await diskFree()
      return free === null ? null : hostDevice({ diskFreePercent: free })
    },
    handle,
    onPoll: (outcome) => {
      if (outcome.kind === 'recorded') recorded = { at: clock.now(), answered: outcome.answered, any: true }
      error = outcome.kind === 'recorded' ? null : outcome.error
      onPoll(outcome)
    },
  }

  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        await runEnvironmentMonitor(parts, stopping.signal)
      } catch (cause) {
        error = `failed: ${cause instanceof Error ? cause.message : cause}`
        await clock.sleepUntil(clock.now() + config.PLC_PERIOD_MS, stopping.signal).catch(() => {})
      }
    }
  }
  const running = run()

  const status = (): PartStatus => {
    const name = 'environment monitor'
    if (error) return { name, state: 'down', detail: error }
    const silentMs = clock.now() - recorded.at
    if (silentMs > periodsWithoutPoll * config.PLC_PERIOD_MS + config.PLC_TIMEOUT_MS) {
      return { name, state: 'down', detail: `no poll for ${Math.round(silentMs / 1000)} s` }
    }
    return recorded.any
      ? { name, state: 'up', detail: 'polling' }
      : { name, state: 'starting', detail: 'first poll' }
  }

  return {
    status,
    plcStatus: () => {
      const detail = line.address
      if (!recorded.any) return { name: 'PLC', state: 'starting', detail }
      return recorded.answered
        ? { name: 'PLC', state: 'up', detail }
        : { name: 'PLC', state: 'down', detail: `${detail} does not answer` }
    },
    stop: async () => {
      stopping.abort()
      await running
      line.close()
    },
  }
}
