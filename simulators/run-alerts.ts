import type { Clock } from '#domain/shared/clock.ts'
import { type AlertScenario, parseAlertScenario } from './alert-scenario.ts'
import { AlertSimulator } from './alerts.ts'
import { listening, untilEnded } from './listening.ts'
import { vtpBrokerPort } from './ports.ts'
import { scenarioJson } from './scenario-file.ts'
import type { TcpAddress } from './tcp-server.ts'
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

const alertScenarioNamed = (nameOrPath: string): AlertScenario => parseAlertScenario(scenarioJson(nameOrPath))

/** Runs a simulated VTP broker until its scenario is over (P56) or the signal comes. */
export const runAlertSimulator = async (options: RunAlertsOptions): Promise<'lifetime' | 'stopped'> => {
  const { host = '127.0.0.1', port = vtpBrokerPort, clock = wallClock, signal } = options
  const simulator = new AlertSimulator({
    clock,
    scenario: alertScenarioNamed(options.scenario),
    ...(options.iterationMs === undefined ? {} : { iterationMs: options.iterationMs }),
    ...(options.log ? { log: options.log } : {}),
  })
  options.onReady?.(await listening(simulator, { host, port }))
  return untilEnded(simulator, signal)
}
