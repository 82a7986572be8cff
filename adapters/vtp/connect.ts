import { connect, type Socket } from 'node:net'
import { systemClock } from '#adapters/clock.ts'
import type { Clock } from '#domain/shared/clock.ts'

export type VtpAddress = { readonly host: string; readonly port: number }

export const addressText = ({ host, port }: VtpAddress): string => `${host}:${port}`

/** A connected socket; rejects with a sentence when the deadline passes, and with the signal's reason. */
export const connected = async (
  { host, port }: VtpAddress,
  { timeoutMs, signal, clock = systemClock }: { timeoutMs: number; signal: AbortSignal; clock?: Clock },
): Promise<Socket> => {
  signal.throwIfAborted()
  const socket = connect({ host, port, noDelay: true })
  const settled = new AbortController()
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  socket.once('connect', () => resolve(socket)).once('error', reject)
  clock
    .sleepUntil(clock.now() + timeoutMs, settled.signal)
    .then(() => reject(new Error(`no connection within ${timeoutMs / 1000} s`)))
    .catch(() => {})
  try {
    return await promise
  } catch (error) {
    socket.on('error', () => {}).destroy()
    throw error
  } finally {
    settled.abort()
    socket.off('error', reject)
    signal.removeEventListener('abort', onAbort)
  }
}
