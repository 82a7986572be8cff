import type { Clock } from '#domain/shared/clock.ts'
import { listening, untilEnded } from './listening.ts'
import { type Ending, PlcSimulator } from './plc.ts'
import { simulatorPorts } from './ports.ts'
import { scenarioNamed } from './scenario-file.ts'
import type { TcpAddress } from './tcp-server.ts'
import { wallClock } from './wall-clock.ts'

export type RunPlcOptions = {
  /** A shipped scenario's name or a path; without one the answer never changes. */
  scenario?: string
  host?: string
  port?: number
  iterationMs?: number
  clock?: Clock
  signal?: AbortSignal
  onReady?: (address: TcpAddress) => void
  log?: (line: string) => void
}

/** Runs a simulated PLC until its scenario is over (P56) or the signal comes. */
export const runPlcSimulator = async (options: RunPlcOptions): Promise<Ending> => {
  const { scenario, host = '127.0.0.1', port = simulatorPorts.plc, clock = wallClock, signal } = options
  const simulator = new PlcSimulator({
    clock,
    ...(scenario === undefined ? {} : { scenario: scenarioNamed(scenario) }),
    ...(options.iterationMs === undefined ? {} : { iterationMs: options.iterationMs }),
    ...(options.log ? { log: options.log } : {}),
  })
  options.onReady?.(await listening(simulator, { host, port }))
  return untilEnded(simulator, signal)
}
