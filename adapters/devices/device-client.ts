import { setImmediate as turn } from 'node:timers/promises'
import { type Device, DeviceRefused, type DeviceReport, DeviceUnreachable } from '#commands/devices/device.ts'
import { type DeviceAnswer, deviceAnswerSchema, wireName } from '#domain/devices/wire.ts'
import { DeviceLine } from './device-line.ts'

export type DeviceOptions = {
  readonly host: string
  readonly port: number
  /** For a whole question: connecting, sending and the answer. */
  readonly timeoutMs: number
  /** What it is asked for its status. */
  readonly statusName?: string
  /** Wraps each question, e.g. to hold a virtual clock. */
  readonly during?: <T>(what: string, work: () => Promise<T>) => Promise<T>
}

/** A device over one TCP connection that is kept, and made anew when a question finds it gone. */
export const openDevice = (options: DeviceOptions): Device => {
  const { host, port, timeoutMs, statusName = 'STATUS', during = (_, work) => work() } = options
  const address = `${host}:${port}`
  let line: DeviceLine | undefined
  let lastTurn: Promise<unknown> = Promise.resolve()
  let closed = false

  const usableLine = async (): Promise<DeviceLine> => {
    // Bytes that nobody asked for may lie unread: one turn lets the line see them and end itself.
    if (line) await turn()
    if (closed) throw new DeviceUnreachable('the client was closed')
    if (!line?.usable) line = new DeviceLine({ host, port })
    return line
  }

  const exchange = async (name: string, parameters: object): Promise<DeviceAnswer> => {
    const current = await usableLine()
    const timer = setTimeout(() => current.drop(`nothing came within ${timeoutMs} ms`), timeoutMs)
    try {
      return answerTo(name, await current.ask(JSON.stringify({ command: [{ name, parameters }] })))
    } catch (error) {
      current.drop('its answer was no use')
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  const ask = (name: string, parameters: object = {}): Promise<DeviceAnswer> => {
    const asked = lastTurn.then(() => during(`${name} to ${address}`, () => exchange(name, parameters)))
    lastTurn = asked.catch(() => {})
    return asked
  }

  return {
    address,
    status: async () => reportIn(await ask(statusName)),
    send: async (name, parameters = {}) => {
      const { status, code, comment } = await ask(wireName(name), parameters)
      if (status === 'REFUSED') throw new DeviceRefused(code ?? 'refused', comment ?? 'it does not say why')
    },
    reconnect: () => line?.drop('the line is made anew'),
    close: () => {
      closed = true
      line?.drop('the client was closed')
    },
  }
}

const answerTo = (name: string, text: string): DeviceAnswer => {
  const read = deviceAnswerSchema.safeParse(parsed(text))
  if (!read.success) throw new DeviceUnreachable(`its answer makes no sense: ${text.slice(0, 200)}`)
  if (read.data.name !== name) throw new DeviceUnreachable(`it answers ${read.data.name} to ${name}`)
  return read.data
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const reportIn = ({ state, faults, comment }: DeviceAnswer): DeviceReport => {
  if (!state) throw new DeviceUnreachable(`it does not tell its status: ${comment ?? 'no word of it'}`)
  return { status: state, faults: faults ?? [] }
}
