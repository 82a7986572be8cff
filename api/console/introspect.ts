import type { Socket } from 'node:net'
import type { ConsoleParts } from './command.ts'
import { changesBetween, nothing, topologyOf } from './topology.ts'

const everyMs = 1_000

/**
 * Draws the running system and keeps the drawing true (K11): `DEL ALL`, everything there is, and from then on what
 * changes and nothing else, until whoever looks on is gone.
 */
export const introspect = async (
  { graph, clock }: Pick<ConsoleParts, 'graph' | 'clock'>,
  socket: Socket,
): Promise<void> => {
  const gone = new AbortController()
  socket.once('close', () => gone.abort()).once('end', () => gone.abort())
  socket.resume()
  socket.write('DEL ALL\n')
  for (let drawn = nothing; !gone.signal.aborted; ) {
    const now = topologyOf(graph())
    const changes = changesBetween(drawn, now)
    if (changes.length > 0) socket.write(`${changes.join('\n')}\n`)
    drawn = now
    await clock.sleepUntil(clock.now() + everyMs, gone.signal).catch(() => {})
  }
  socket.end()
}
