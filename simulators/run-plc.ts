import type { Clock } from '#domain/shared/clock.ts'
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

/** Somebody else listens where the simulator should. */
export class PortTaken extends Error {
  constructor({ host, port }: TcpAddress) {
    super(`port ${port} of ${host} is taken: stop what listens there, or choose another with --port`)
    this.name = 'PortTaken'
  }
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
  const stop = () => void simulator.stop()
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  return simulator.ended.finally(() => signal?.removeEventListener('abort', stop))
}

const listening = async (simulator: PlcSimulator, address: TcpAddress): Promise<TcpAddress> => {
  try {
    return await simulator.listen(address)
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      ? new PortTaken(address)
      : error
  }
}
