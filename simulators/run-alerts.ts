import { readFileSync } from 'node:fs'
import type { Clock } from '#domain/shared/clock.ts'
import { type AlertScenario, parseAlertScenario } from './alert-scenario.ts'
import { AlertSimulator } from './alerts.ts'
import { simulatorPorts } from './ports.ts'
import { PortTaken } from './run-plc.ts'
import { scenarioPath } from './scenario-file.ts'
import type { TcpAddress } from './tcp-server.ts'
import { ScenarioError } from './timeline.ts'
import { wallClock } from './wall-clock.ts'

export type RunAlertsOptions = {
  /** A shipped scenario's name or a path. */
  readonly scenario: string
  readonly host?: string
  readonly port?: number
  readonly iterationMs?: number
  readonly clock?: Clock
  readonly signal?: AbortSignal
  readonly onReady?: (address: TcpAddress) => void
  readonly log?: (line: string) => void
}

const alertScenarioNamed = (nameOrPath: string): AlertScenario => {
  try {
    return parseAlertScenario(JSON.parse(readFileSync(scenarioPath(nameOrPath), 'utf8')))
  } catch (error) {
    if (error instanceof ScenarioError || !(error instanceof Error)) throw error
    throw new ScenarioError(null, `${nameOrPath} cannot be read: ${error.message}`)
  }
}

/** Runs a simulated VTP broker until its scenario is over (P56) or the signal comes. */
export const runAlertSimulator = async (options: RunAlertsOptions): Promise<'lifetime' | 'stopped'> => {
  const { host = '127.0.0.1', port = simulatorPorts.alerts, clock = wallClock, signal } = options
  const simulator = new AlertSimulator({
    clock,
    scenario: alertScenarioNamed(options.scenario),
    ...(options.iterationMs === undefined ? {} : { iterationMs: options.iterationMs }),
    ...(options.log ? { log: options.log } : {}),
  })
  options.onReady?.(await listening(simulator, { host, port }))
  const stop = () => void simulator.stop()
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  return simulator.ended.finally(() => signal?.removeEventListener('abort', stop))
}

const listening = async (simulator: AlertSimulator, address: TcpAddress): Promise<TcpAddress> => {
  try {
    return await simulator.listen(address)
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      ? new PortTaken(address)
      : error
  }
}
