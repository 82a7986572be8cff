import { connect, type Socket } from 'node:net'
import { z } from 'zod'
import { poweredDevices } from '#domain/devices/plc.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { JsonFraming } from '#domain/shared/json-framing.ts'
import type { TcpAddress } from './tcp-server.ts'

const question = '{"command":[{"name":"RAIL"}]}'
const railSchema = z.tuple([z.object({ name: z.literal('RAIL'), without: z.array(z.enum(poweredDevices)) })])

const maxTextBytes = 64 * 1024
const retryMs = 1_000

/** Null for the answer of a PLC that knows of no rail: it switches nothing. */
const railIn = (text: string) => {
  try {
    return railSchema.parse(JSON.parse(text))[0]
  } catch {
    return null
  }
}

type Told = (without: ReadonlySet<string>) => void

const hear = (socket: Socket, told: Told): void => {
  const framing = new JsonFraming(maxTextBytes)
  socket.on('data', (chunk) => {
    for (const text of framing.push(chunk).texts) {
      const rail = railIn(text)
      if (rail) told(new Set(rail.without))
    }
  })
}

/** Resolves when the line is gone. */
const held = (plc: TcpAddress, told: Told, signal: AbortSignal): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const socket = connect({ ...plc, noDelay: true, signal })
  hear(socket, told)
  socket.on('error', () => {}).on('close', () => resolve())
  socket.write(question)
  return promise
}

/**
 * The cable between the relays of a simulated PLC and simulated devices: tells which devices are without power, at once and
 * at every change, until the signal comes. While the PLC is away every relay stays as it was.
 */
export const followRail = async (
  plc: TcpAddress,
  told: Told,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<void> => {
  while (!signal.aborted) {
    await held(plc, told, signal)
    await clock.sleepUntil(clock.now() + retryMs, signal).catch(() => {})
  }
}
