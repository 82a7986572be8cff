import type { TcpAddress } from './tcp-server.ts'

/** Somebody else listens where the simulator should. */
export class PortTaken extends Error {
  constructor({ host, port }: TcpAddress) {
    super(`port ${port} of ${host} is taken: stop what listens there, or choose another with --port`)
    this.name = 'PortTaken'
  }
}

type Listener = { listen(address: TcpAddress): Promise<TcpAddress> }

/** Where a simulator listens from now on; rejects with {@link PortTaken} when somebody else does. */
export const listening = async (simulator: Listener, address: TcpAddress): Promise<TcpAddress> => {
  try {
    return await simulator.listen(address)
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    throw isTaken ? new PortTaken(address) : error
  }
}

type Stoppable<Ending> = { readonly ended: Promise<Ending>; stop(): unknown }

/** Resolves with a simulator's own end, or when the signal has stopped it. */
export const untilEnded = <Ending>(
  simulator: Stoppable<Ending>,
  signal: AbortSignal | undefined,
): Promise<Ending> => {
  const stop = () => void simulator.stop()
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  return simulator.ended.finally(() => signal?.removeEventListener('abort', stop))
}
