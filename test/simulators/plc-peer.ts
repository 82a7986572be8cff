import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { JsonFraming } from '#domain/shared/json-framing.ts'
import { PlcSimulator, type PlcSimulatorOptions } from '#simulators/plc.ts'

const startsAt = Date.UTC(2026, 10, 21, 20)
export const statusCommand = '{"command":[{"name":"STATUS"}]}'

/** A simulator on a free port and on a clock that stands until it is driven. */
export const listeningSimulator = async (
  options: Partial<PlcSimulatorOptions> & { clock?: VirtualClock } = {},
) => {
  const clock = options.clock ?? new VirtualClock(startsAt)
  const simulator = new PlcSimulator({ ...options, clock })
  const address = await simulator.listen({ port: 0 })
  onTestFinished(() => simulator.stop())
  return { clock, simulator, address }
}

const messageSchema = z.tuple([
  z.looseObject({
    name: z.string(),
    date: z.string(),
    comment: z.string().optional(),
    device: z
      .array(
        z.looseObject({
          name: z.string(),
          valid: z.string(),
          values: z.array(z.looseObject({ name: z.string() })),
        }),
      )
      .default([]),
  }),
])
export type Message = z.output<typeof messageSchema>[0]

/** The other end of the wire, with nothing of the adapter in it. */
export class PlcPeer {
  readonly socket: Socket
  readonly #framing = new JsonFraming(4 * 1024 * 1024)
  readonly #texts: string[] = []

  constructor({ host, port }: { host: string; port: number }) {
    this.socket = connect({ host, port, noDelay: true })
    this.socket.on('data', (chunk) => this.#texts.push(...this.#framing.push(chunk).texts))
    onTestFinished(() => void this.socket.destroy())
  }

  async text(): Promise<string> {
    for (;;) {
      const text = this.#texts.shift()
      if (text !== undefined) return text
      await once(this.socket, 'data')
    }
  }

  async message(): Promise<Message> {
    return messageSchema.parse(JSON.parse(await this.text()))[0]
  }

  ask(command = statusCommand): Promise<Message> {
    this.socket.write(command)
    return this.message()
  }

  async value(device: string, name: string): Promise<unknown> {
    return valueIn(await this.ask(), device, name)
  }
}

export const valueIn = (message: Message, device: string, name: string): unknown =>
  message.device.find((each) => each.name === device)?.values.find((each) => each.name === name)?.['value']
